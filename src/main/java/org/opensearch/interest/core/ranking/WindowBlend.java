package org.opensearch.interest.core.ranking;

import java.util.Arrays;
import java.util.Locale;

/**
 * Blend of relevance and interest over all hits of a page, on the node that merged them: no shard can compute it,
 * because it needs the whole page. For both forms: scores are in [0,1]; if a hit's relevance or interest rises and all
 * else stays the same, it does not fall below a hit that was below it; weight 0 gives the order of relevance, weight 1
 * that of interest; hits of equal relevance and equal interest get equal scores.
 */
public enum WindowBlend {
    /**
     * Reciprocal rank fusion: (1−w)/(60 + rank by relevance) + w/(60 + rank by interest), divided by its value for two
     * first ranks. Ranks start at 1; equal hits share the better rank. It uses ranks alone, so scales and outliers do
     * not matter, and neither does the size of a difference. Source: Cormack, Clarke and Büttcher, SIGIR 2009, whose
     * constant is the 60.
     */
    RRF,
    /**
     * (1−w) · r + w · i, where relevance r and interest i are scaled so that the page's lowest is 0 and its highest 1
     * (½ if all are equal). Differences count; one outlier makes the differences of all other hits small, and scores
     * have no meaning beyond their page.
     */
    MIN_MAX;

    private static final double RANK_CONSTANT = 60;

    public String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param relevance one per hit; finite, ≥ 0
     * @param interest  one per hit, in the same order; in [0,1]
     * @param weight    in [0,1]: the share of interest
     * @return one score per hit, in the given order
     */
    public float[] combine(float[] relevance, float[] interest, float weight) {
        if (relevance.length != interest.length) {
            throw new IllegalArgumentException(
                "[" + relevance.length + "] relevances beside [" + interest.length + "] interests"
            );
        }
        if ((weight >= 0f && weight <= 1f) == false) {
            throw new IllegalArgumentException("[weight] must be a number in [0,1], but was [" + weight + "]");
        }
        double[] first = this == RRF ? reciprocalRanks(relevance) : scaled(relevance);
        double[] second = this == RRF ? reciprocalRanks(interest) : scaled(interest);
        float[] scores = new float[relevance.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) ((1.0 - weight) * first[i] + weight * second[i]);
        }
        return scores;
    }

    private static double[] reciprocalRanks(float[] values) {
        float[] ascending = values.clone();
        Arrays.sort(ascending);
        double[] shares = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            int better = ascending.length - firstAbove(ascending, values[i]);
            shares[i] = (RANK_CONSTANT + 1) / (RANK_CONSTANT + 1 + better);
        }
        return shares;
    }

    /** The index of the first value above the given one. */
    private static int firstAbove(float[] ascending, float value) {
        int low = 0;
        int high = ascending.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending[middle] > value) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Values scaled to [0,1]: the lowest is 0 and the highest 1; ½ if all are equal. */
    static double[] scaled(float[] values) {
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (float value : values) {
            lowest = Math.min(lowest, value);
            highest = Math.max(highest, value);
        }
        double[] shares = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            shares[i] = highest > lowest ? (values[i] - lowest) / (highest - lowest) : 0.5;
        }
        return shares;
    }
}
