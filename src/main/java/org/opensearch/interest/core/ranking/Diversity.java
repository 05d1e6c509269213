package org.opensearch.interest.core.ranking;

import org.opensearch.interest.core.vector.Vectors;

import java.util.Arrays;
import java.util.List;

/**
 * The order of a window in which hits do not repeat each other: maximal marginal relevance (Carbonell and Goldstein,
 * SIGIR 1998), and topics in the shares in which the user is interested in them ({@link TopicCalibration}). Place by
 * place the hit is taken that has most of (1−d)·relevance − d·(½·likeness to what stands above + ½·miscalibration of
 * what would be shown); without topics the likeness counts in full.
 *
 * <p>Relevance and likeness are stretched to [0,1] over the window, so that {@code d} means the same for any scores and
 * any model: sentence vectors are all alike, and 0.6 may be far apart. Of equals the earlier stays first. Immutable,
 * deterministic. Cost: a dot product a pair of hits.
 *
 * @param diversity d, in [0,1]: 0 leaves the window as it is, 1 asks for difference alone
 */
public record Diversity(double diversity) {
    public Diversity {
        if ((diversity >= 0 && diversity <= 1) == false) {
            throw new IllegalArgumentException("[diversity] must be a number in [0,1], but was [" + diversity + "]");
        }
    }

    /**
     * What a window's hits are about.
     *
     * @param wanted each topic's share of the user's interest, adding up to 1; empty where no topics are known
     * @param about  a hit's share of each topic, adding up to at most 1; a row a hit, a column a topic
     */
    public record TopicMix(double[] wanted, double[][] about) {
        public static TopicMix none(int hits) {
            return new TopicMix(new double[0], new double[hits][0]);
        }
    }

    /**
     * @param relevance the hits' scores in their order; finite
     * @param vectors   as many; unit vectors of one dimension, null for a hit without one, which is as like the others
     *                  as hits are on average
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
        double[] relevant = WindowBlend.stretched(relevance);
        double[][] likeness = likeness(vectors);
        TopicCalibration calibration = new TopicCalibration(mix.wanted());
        double[] shown = new double[mix.wanted().length];
        // how like each hit is to the one among those taken that it is most like
        double[] repeated = new double[size];
        boolean[] taken = new boolean[size];
        for (int place = 0; place < size; place++) {
            int best = -1;
            double most = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < size; i++) {
                if (taken[i]) {
                    continue;
                }
                double cost = shown.length == 0 ? repeated[i]
                    : (repeated[i] + calibration.miscalibration(shown, mix.about()[i], place + 1)) / 2;
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
                repeated[i] = Math.max(repeated[i], likeness[best][i]);
            }
        }
        return order;
    }

    /**
     * Cosines, stretched to [0,1] over the window's pairs; the mean of the known ones where one of two vectors is
     * missing.
     */
    private static double[][] likeness(List<float[]> vectors) {
        int size = vectors.size();
        double[][] likeness = new double[size][size];
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++) {
                double cosine = vectors.get(i) == null || vectors.get(j) == null ? Double.NaN
                    : Vectors.dot(vectors.get(i), vectors.get(j));
                likeness[i][j] = cosine;
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
                double cosine = Double.isNaN(likeness[i][j]) ? average : likeness[i][j];
                double stretched = highest > lowest ? (cosine - lowest) / (highest - lowest) : 0;
                likeness[i][j] = stretched;
                likeness[j][i] = stretched;
            }
        }
        return likeness;
    }
}
