package org.opensearch.interest.core.ranking;

import java.util.Arrays;
import java.util.Locale;

/**
 * Relevance and interest as one score where all hits of a page lie side by side, on the node that merged them: no shard
 * could compute these, for they look at the whole page. For both: scores in [0,1]; a hit that gains in one part, all
 * others unchanged, does not fall below a hit that it was above; weight 0 gives the order of relevance, weight 1 that
 * of interest; hits that are equal in both parts stay equal.
 */
public enum WindowBlend {
    /**
     * Reciprocal rank fusion: (1−w)/(60 + rank by relevance) + w/(60 + rank by interest), divided by its value for two
     * first ranks. Ranks start at 1; equals share the better one. Knows places alone, so no scale and no outlier
     * disturbs it; forgets by how much one hit is better. Source: Cormack, Clarke and Büttcher, SIGIR 2009, whose
     * constant is the 60.
     */
    RRF,
    /**
     * (1−w) · r + w · i, where each part is stretched so that the page's lowest is 0 and its highest 1 (½ where all are
     * equal). Distances count; one outlier presses all others together, and scores mean nothing beyond their page.
     */
    MIN_MAX;

    private static final double RANK_CONSTANT = 60;

    public String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param relevance one a hit; finite, ≥ 0
     * @param interest  one a hit, in the same order; in [0,1]
     * @param weight    in [0,1]: the share of interest
     * @return one score a hit, in the order given
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
        double[] first = this == RRF ? reciprocalRanks(relevance) : stretched(relevance);
        double[] second = this == RRF ? reciprocalRanks(interest) : stretched(interest);
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

    /** Where the values above the given one begin. */
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

    /** To [0,1]: the lowest is 0 and the highest 1, ½ where all are equal. */
    static double[] stretched(float[] values) {
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
