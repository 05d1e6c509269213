package org.opensearch.interest.core.evaluation.metric;

/**
 * Mean with its 95 % confidence interval.
 *
 * @param value the mean; NaN if nothing was measured
 * @param low   2.5th percentile of the mean's bootstrap distribution; NaN if there is no interval
 * @param high  97.5th percentile; NaN if there is no interval
 */
public record ConfidenceInterval(double value, double low, double high) {}
