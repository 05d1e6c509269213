package org.opensearch.interest.core.ranking;

import org.opensearch.interest.core.vector.Vectors;

import java.util.Arrays;
import java.util.List;

/**
 * A diverse order of a window of hits: maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998) combined with
 * topics in the shares of the user's interest ({@link TopicCalibration}). Each place in turn gets the hit with the
 * largest (1−d)·relevance − d·(½·similarity to the most similar hit above + ½·miscalibration of the topics shown with
 * it). Without topics the similarity counts in full.
 *
 * <p>Relevance and similarity are scaled to [0,1] over the window, so that {@code d} means the same for any scores and
 * any model: sentence vectors are all similar, and a cosine of 0.6 may be a large distance. Among equals the earlier
 * hit stays first. Immutable, deterministic. Cost: one dot product per pair of hits.
 *
 * @param diversity d, in [0,1]: 0 leaves the window as it is, 1 ranks by diversity alone
 */
public record Diversity(double diversity) {
    public Diversity {
        if ((diversity >= 0 && diversity <= 1) == false) {
            throw new IllegalArgumentException("[diversity] must be a number in [0,1], but was [" + diversity + "]");
        }
    }

    /**
     * The topics of a window's hits.
     *
     * @param wanted each topic's share of the user's interest, adding up to 1; empty if no topics are known
     * @param about  each hit's shares of the topics, adding up to at most 1: one row per hit, one column per topic
     */
    public record TopicMix(double[] wanted, double[][] about) {
        public static TopicMix none(int hits) {
            return new TopicMix(new double[0], new double[hits][0]);
        }
    }

    /**
     * @param relevance the hits' scores in their order; finite
     * @param vectors   one unit vector per hit, all of one dimension; null for a hit without one, which counts as
     *                  similar to the others as hits are on average
     * @return the hits' positions in the new order: a permutation of 0 … n−1
     */
    public int[] order(float[] relevance, List<float[]> vectors, TopicMix mix) {
        int size = relevance.length;
        if (vectors.size() != size || mix.about().length != size) {
            throw new IllegalArgumentException(
                "[" + size + "] relevances, [" + vectors.size() + "] vectors, [" + mix.about().length + "] topic rows"
            );
        }
        int[] order = new int[size];
        if (diversity == 0) {
            Arrays.setAll(order, i -> i);
            return order;
        }
        double[] relevant = WindowBlend.scaled(relevance);
        double[][] similarity = similarities(vectors);
        TopicCalibration calibration = new TopicCalibration(mix.wanted());
        double[] shown = new double[mix.wanted().length];
        // the similarity of each hit to the most similar hit that is placed already
        double[] highestSimilarity = new double[size];
        boolean[] taken = new boolean[size];
        for (int place = 0; place < size; place++) {
            int best = -1;
            double most = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < size; i++) {
                if (taken[i]) {
                    continue;
                }
                double cost = shown.length == 0 ? highestSimilarity[i]
                    : (highestSimilarity[i] + calibration.miscalibration(shown, mix.about()[i], place + 1)) / 2;
                double value = (1 - diversity) * relevant[i] - diversity * cost;
                if (value > most) {
                    best = i;
                    most = value;
                }
            }
            order[place] = best;
            taken[best] = true;
            for (int topic = 0; topic < shown.length; topic++) {
                shown[topic] += mix.about()[best][topic];
            }
            for (int i = 0; i < size; i++) {
                highestSimilarity[i] = Math.max(highestSimilarity[i], similarity[best][i]);
            }
        }
        return order;
    }

    /**
     * Cosines of all pairs, scaled to [0,1] over the window; the mean of the known cosines if one of two vectors is
     * missing.
     */
    private static double[][] similarities(List<float[]> vectors) {
        int size = vectors.size();
        double[][] similarity = new double[size][size];
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++) {
                double cosine = vectors.get(i) == null || vectors.get(j) == null ? Double.NaN
                    : Vectors.dot(vectors.get(i), vectors.get(j));
                similarity[i][j] = cosine;
                if (Double.isNaN(cosine) == false) {
                    lowest = Math.min(lowest, cosine);
                    highest = Math.max(highest, cosine);
                    sum += cosine;
                    pairs++;
                }
            }
        }
        double average = pairs == 0 ? 0 : sum / pairs;
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++) {
                double cosine = Double.isNaN(similarity[i][j]) ? average : similarity[i][j];
                double scaled = highest > lowest ? (cosine - lowest) / (highest - lowest) : 0;
                similarity[i][j] = scaled;
                similarity[j][i] = scaled;
            }
        }
        return similarity;
    }
}
