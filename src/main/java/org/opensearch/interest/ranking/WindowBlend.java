package org.opensearch.interest.ranking;

import java.util.Arrays;
import java.util.Locale;

/**
 * Relevance and interest as one score where a whole window of hits can be looked at, which only the coordinating node can. {@link Blend}
 * is for one document alone; {@code weight} means the same in both: 0 is relevance, 1 is interest. Pure.
 */
public enum WindowBlend {
    /**
     * Reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009): (1−w)/(60 + rank by relevance) + w/(60 + rank by interest), times
     * 61, so that who is first by both gets 1. Blind to how far scores lie apart: the choice where relevance has outliers.
     */
    RRF {
        @Override
        double[] part(float[] scores) {
            float[] ascending = scores.clone();
            Arrays.sort(ascending);
            double[] parts = new double[scores.length];
            for (int i = 0; i < scores.length; i++) {
                // equals share the best rank of theirs: a tie is no order
                parts[i] = (RANK_CONSTANT + 1) / (RANK_CONSTANT + 1 + above(ascending, scores[i]));
            }
            return parts;
        }
    },
    /** (1−w) · relevance + w · interest, each stretched to [0,1] over the window. Keeps how far scores lie apart. */
    MIN_MAX {
        @Override
        double[] part(float[] scores) {
            double[] parts = new double[scores.length];
            float lowest = Float.POSITIVE_INFINITY;
            float highest = Float.NEGATIVE_INFINITY;
            for (float score : scores) {
                lowest = Math.min(lowest, score);
                highest = Math.max(highest, score);
            }
            for (int i = 0; i < scores.length; i++) {
                parts[i] = highest > lowest ? ((double) scores[i] - lowest) / ((double) highest - lowest) : EQUALS;
            }
            return parts;
        }
    };

    private static final double RANK_CONSTANT = 60;
    /** What min-max gives to scores that are all alike. */
    private static final double EQUALS = 0.5;

    /** A window's scores by one signal, brought to [0,1]. */
    abstract double[] part(float[] scores);

    /**
     * @param relevance the hits' scores so far; finite
     * @param interest  their interest scores, as many; finite
     * @param weight    in [0,1]
     * @return as many scores, each in [0,1]; hits that are alike by both signals get the same
     */
    public float[] combine(float[] relevance, float[] interest, float weight) {
        if (relevance.length != interest.length) {
            throw new IllegalArgumentException("[" + relevance.length + "] relevances for [" + interest.length + "] interests");
        }
        double[] first = part(relevance);
        double[] second = part(interest);
        float[] combined = new float[first.length];
        for (int i = 0; i < combined.length; i++) {
            combined[i] = (float) ((1.0 - weight) * first[i] + weight * second[i]);
        }
        return combined;
    }

    public String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static int above(float[] ascending, float score) {
        int low = 0;
        int high = ascending.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending[middle] <= score) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return ascending.length - low;
    }
}
