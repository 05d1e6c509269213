package org.opensearch.interest.core.evaluation.learning;

import org.opensearch.interest.core.evaluation.method.WorkerPool;

import java.util.Arrays;

/**
 * Improves the weights of a sum of scorers: coordinate ascent on NDCG itself (Metzler, Croft: "Linear feature-based
 * models for information retrieval", Information Retrieval 2007). There are few weights and a coarse grid of steps, so
 * that thousands of cases leave little room for fitting noise; a step counts only if it gains a noticeable share.
 */
final class CoordinateAscent {
    private static final double[] STEPS = { 0, 0.5, 0.8, 1.25, 2 };
    private static final double[] STARTS = { -0.2, 0.05, 0.1, 0.2, 0.5, 1, 2 };
    private static final int ROUNDS = 8;

    private final TrainingSet training;
    private final int[] members;
    private final boolean[] signed;
    private final WorkerPool pool;
    private final float[][] sums;
    /** Smallest share by which a step must gain; larger with fewer cases, which mislead more easily. */
    private final double leastGain;

    /** @param members the cases to learn from */
    CoordinateAscent(TrainingSet training, int[] members, boolean[] signed, WorkerPool pool) {
        this.training = training;
        this.members = members;
        this.signed = signed;
        this.pool = pool;
        this.leastGain = 0.001 + 0.5 / Math.max(1, members.length);
        this.sums = new float[members.length][];
        for (int m = 0; m < members.length; m++) {
            sums[m] = new float[training.features()[members[m]][0].length];
        }
    }

    /** @return better weights, or the same */
    double[] from(double[] start) {
        int count = start.length;
        for (float[] sum : sums) {
            Arrays.fill(sum, 0);
        }
        double[] weights = new double[count];
        for (int f = 0; f < count; f++) {
            set(weights, f, start[f]);
        }
        double best = ndcg(0, 0);
        for (int round = 0; round < ROUNDS; round++) {
            double before = best;
            for (int f = 0; f < count; f++) {
                best = improve(weights, f, best);
            }
            if (best < before * (1 + leastGain)) {
                break;
            }
        }
        return weights;
    }

    private double improve(double[] weights, int f, double best) {
        double unit = Arrays.stream(weights).map(Math::abs).max().orElse(1);
        double chosen = weights[f];
        double highest = best;
        for (double step : weights[f] == 0 ? STARTS : STEPS) {
            double tried = weights[f] == 0 ? step * unit : step * weights[f];
            if (tried < 0 && signed[f] == false) {
                continue;
            }
            double value = ndcg(f, tried - weights[f]);
            // dropping a scorer is worth as much as a noticeable gain: simpler sums generalise better
            if (value > highest * (1 + (highest == best ? leastGain : 0))
                || (tried == 0 && value >= highest && highest == best)) {
                highest = value;
                chosen = tried;
            }
        }
        if (chosen != weights[f]) {
            set(weights, f, chosen);
        }
        return highest;
    }

    private void set(double[] weights, int f, double weight) {
        float change = (float) (weight - weights[f]);
        weights[f] = weight;
        for (int m = 0; m < sums.length; m++) {
            TrainingSet.add(change, training.features()[members[m]][f], sums[m]);
        }
    }

    /** Returns the mean NDCG if scorer f weighed that much more. */
    private double ndcg(int f, double more) {
        double[] each = pool.numbers(sums.length, m -> {
            float[] scores = sums[m].clone();
            TrainingSet.add((float) more, training.features()[members[m]][f], scores);
            return training.ndcg(scores, training.targets()[members[m]]);
        });
        // summed in order, so that the result is the same on any number of threads, down to the last bit
        double sum = 0;
        for (double value : each) {
            sum += value;
        }
        return sum / Math.max(1, sums.length);
    }
}
