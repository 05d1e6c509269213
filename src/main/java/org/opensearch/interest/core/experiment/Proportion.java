package org.opensearch.interest.core.experiment;

/**
 * A share of trials that succeeded, and what it may be in truth.
 *
 * @param value in [0,1]
 * @param low   of the 95 % interval, in [0,value]
 * @param high  of it, in [value,1]
 */
public record Proportion(double value, double low, double high) {
    /** The normal distribution's 97.5 % quantile. */
    private static final double Z = 1.959963984540054;

    public Proportion {
        if ((0 <= low && low <= value && value <= high && high <= 1) == false) {
            throw new IllegalArgumentException("a rate of [" + value + "] in [" + low + "," + high + "]");
        }
    }

    /** A difference of two rates. */
    public record Difference(double value, double low, double high) {}

    /**
     * The score interval (Wilson, JASA 1927): stays in [0,1], and is informative if no trial or every trial succeeded.
     *
     * @param value  in [0,1]
     * @param trials that are independent of each other, &gt; 0; need not be whole
     */
    public static Proportion wilson(double value, double trials) {
        if ((value >= 0 && value <= 1 && trials > 0) == false) {
            throw new IllegalArgumentException("a rate of [" + value + "] in [" + trials + "] trials");
        }
        double square = Z * Z / trials;
        double middle = (value + square / 2) / (1 + square);
        double half = Z * Math.sqrt(value * (1 - value) / trials + square / (4 * trials)) / (1 + square);
        return new Proportion(value, Math.clamp(middle - half, 0, value), Math.clamp(middle + half, value, 1));
    }

    /**
     * This rate less another of other users: the hybrid score interval (Newcombe, Statistics in Medicine 1998, method
     * 10), which takes its variances from the two intervals, so that it is as wide as these say (Zou and Donner,
     * Statistics in Medicine 2008).
     */
    public Difference minus(Proportion other) {
        double difference = value - other.value;
        return new Difference(
            difference, difference - Math.hypot(value - low, other.high - other.value),
            difference + Math.hypot(high - value, other.value - other.low)
        );
    }
}
