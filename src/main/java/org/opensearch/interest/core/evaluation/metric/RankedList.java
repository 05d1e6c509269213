package org.opensearch.interest.core.evaluation.metric;

import java.util.Arrays;

/**
 * Ranks of the targets of one case under one method, and the metrics that follow from them. Items with equal scores all
 * get the middle of their ranks.
 */
public final class RankedList {
    private RankedList() {}

    /**
     * @param scores     one per item
     * @param candidates the items that are ranked
     * @param targets    some of the candidates
     * @return rank of each target, from 1, ascending; ties can give half ranks
     */
    public static double[] ranks(float[] scores, int[] candidates, int[] targets) {
        double[] ranks = new double[targets.length];
        for (int t = 0; t < targets.length; t++) {
            float own = scores[targets[t]];
            int above = 0;
            int equal = 0;
            for (int candidate : candidates) {
                float score = scores[candidate];
                above += score > own ? 1 : 0;
                equal += score == own ? 1 : 0;
            }
            ranks[t] = above + (equal + 1) / 2.0;
        }
        Arrays.sort(ranks);
        return ranks;
    }

    /**
     * Returns all metrics that follow from ranks, each at its {@link Metric#ordinal} in a new array; the others are
     * NaN.
     *
     * @param ranks ascending
     */
    public static double[] measure(double[] ranks, int candidates, int k) {
        double hits = 0;
        double gain = 0;
        double ideal = 0;
        double precisions = 0;
        double rankSum = 0;
        int possible = Math.min(k, ranks.length);
        for (int t = 0; t < ranks.length; t++) {
            // more than k targets with one score may share a rank up to k, but a list of k holds at most k of them
            if (t < possible && ranks[t] <= k) {
                hits++;
                gain += 1 / log2(1 + ranks[t]);
                precisions += Math.min(1, hits / ranks[t]);
            }
            ideal += t < possible ? 1 / log2(2 + t) : 0;
            rankSum += ranks[t];
        }
        double recall = hits / ranks.length;
        double precision = hits / k;
        int others = candidates - ranks.length;
        double[] values = new double[Metric.values().length];
        Arrays.fill(values, Double.NaN);
        values[Metric.HIT_RATE.ordinal()] = hits > 0 ? 1 : 0;
        values[Metric.NDCG.ordinal()] = gain / ideal;
        values[Metric.MRR.ordinal()] = 1 / ranks[0];
        values[Metric.RECALL.ordinal()] = recall;
        values[Metric.PRECISION.ordinal()] = precision;
        values[Metric.F1.ordinal()] = hits == 0 ? 0 : 2 * precision * recall / (precision + recall);
        values[Metric.MAP.ordinal()] = precisions / possible;
        // the targets alone have the rank sum n(n+1)/2; the rest counts other items above targets (Mann, Whitney 1947)
        double othersAbove = rankSum - ranks.length * (ranks.length + 1) / 2.0;
        values[Metric.AUC.ordinal()] = others == 0 ? Double.NaN : 1 - othersAbove / ((double) ranks.length * others);
        return values;
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }

    /**
     * Returns the first k candidates. A hash orders items with equal scores, so that no list prefers the first items of
     * the catalogue.
     *
     * @param seed of the hash
     */
    static int[] top(float[] scores, int[] candidates, int k, long seed) {
        int size = Math.min(k, candidates.length);
        int[] top = new int[size];
        long[] tie = new long[size];
        int filled = 0;
        for (int candidate : candidates) {
            if (filled == size && scores[candidate] < scores[top[size - 1]]) {
                continue;
            }
            long hash = (candidate + 1) * (seed | 1) * 0x9E3779B97F4A7C15L;
            int place = filled < size ? filled++ : size;
            while (place > 0 && before(scores[candidate], hash, scores[top[place - 1]], tie[place - 1])) {
                if (place < size) {
                    top[place] = top[place - 1];
                    tie[place] = tie[place - 1];
                }
                place--;
            }
            if (place < size) {
                top[place] = candidate;
                tie[place] = hash;
            }
        }
        return top;
    }

    private static boolean before(float score, long tie, float otherScore, long otherTie) {
        return score > otherScore || (score == otherScore && tie < otherTie);
    }
}
