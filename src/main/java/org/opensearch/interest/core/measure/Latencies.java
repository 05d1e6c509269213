package org.opensearch.interest.core.measure;

/**
 * Durations of one kind of operation since the node started.
 *
 * @param count the number of measured operations
 * @param p50   the median in milliseconds; 0 if nothing was measured, as are the other percentiles
 * @param p95   the 95th percentile in milliseconds
 * @param p99   the 99th percentile in milliseconds
 */
public record Latencies(long count, double p50, double p95, double p99) {}
