package org.opensearch.interest.core.evaluation.metric;

/**
 * A mean and how sure it is.
 *
 * @param value the mean; NaN where nothing was measured
 * @param low   the 2.5th percentile of its bootstrap distribution
 * @param high  the 97.5th
 */
public record ConfidenceInterval(double value, double low, double high) {}
