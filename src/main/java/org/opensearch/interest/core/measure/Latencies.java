package org.opensearch.interest.core.measure;

/**
 * How long things took, since the node started.
 *
 * @param count how many were measured
 * @param p50   milliseconds within which half of them were done; 0 where there were none, as are the others
 * @param p95   milliseconds within which 95 of 100 were done
 * @param p99   milliseconds within which 99 of 100 were done
 */
public record Latencies(long count, double p50, double p95, double p99) {}
