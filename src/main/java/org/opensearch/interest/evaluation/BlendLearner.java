package org.opensearch.interest.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Finds the weights under which a sum of parts ranks best on an experiment: coordinate ascent on NDCG itself (Metzler, Croft: "Linear
 * feature-based models for information retrieval", Information Retrieval 2007). Few weights and a coarse grid of steps, so that
 * thousands of cases leave little room for fitting noise; a step counts only where it gains a noticeable share.
 *
 * <p>Bounded: at most 64 M numbers are kept; more cases than fit are sampled by the seed.
 */
final class BlendLearner {
    private static final long MOST_NUMBERS = 64_000_000;
    private static final int MOST_CASES = 2_000;
    private static final double[] STEPS = { 0, 0.5, 0.8, 1.25, 2 };
    private static final double[] STARTS = { -0.2, 0.05, 0.1, 0.2, 0.5, 1, 2 };
    private static final int ROUNDS = 8;

    private final int k;
    private final float[][][] features;
    private final int[][] targets;
    private final float[][] sums;
    private final boolean[] signed;
    /** The share by which a step must gain: fewer cases fool more easily. */
    private final double leastGain;

    /**
     * @param parts  makes them; the weights will be in their order
     * @param signed by part, whether its weight may be below zero
     */
    BlendLearner(Experiment experiment, Supplier<List<Part>> parts, boolean[] signed, int k, int threads, long seed) {
        int count = signed.length;
        long perCase = (long) experiment.data().items() * (count + 1);
        Experiment sample = experiment.sample(Math.clamp(MOST_NUMBERS / Math.max(1, perCase), 50, MOST_CASES), seed);
        int cases = sample.cases().size();
        this.k = k;
        this.signed = signed;
        this.leastGain = 0.001 + 0.5 / Math.max(1, cases);
        this.features = new float[cases][count][];
        this.targets = new int[cases][];
        this.sums = new float[cases][];
        Replay.run(sample, parts, threads, done -> {}, (index, c, roots, answers) -> {
            int[] candidates = sample.candidates(c);
            for (int f = 0; f < count; f++) {
                float[] scores = answers.of(roots.get(f));
                float[] own = new float[candidates.length];
                for (int i = 0; i < own.length; i++) {
                    own[i] = scores[candidates[i]];
                }
                features[index][f] = own;
            }
            targets[index] = Arrays.stream(c.targets()).map(target -> Arrays.binarySearch(candidates, target)).toArray();
            sums[index] = new float[candidates.length];
        });
    }

    int cases() {
        return features.length;
    }

    /** The best weights found, from two starts: the best part alone, and the most likely weights. */
    double[] learn() {
        int count = signed.length;
        double[] alone = new double[count];
        double best = -1;
        int first = 0;
        for (int f = 0; f < count; f++) {
            double value = ndcg(f, 1);
            if (value > best) {
                best = value;
                first = f;
            }
        }
        alone[first] = 1;
        double fromAlone = ascend(alone);
        double[] likely = ChoiceModel.fit(features, targets, count);
        for (int f = 0; f < count; f++) {
            likely[f] = signed[f] ? likely[f] : Math.max(0, likely[f]);
        }
        return ascend(likely) >= fromAlone ? likely : alone;
    }

    /** @return the NDCG reached; the weights are changed */
    private double ascend(double[] weights) {
        int count = weights.length;
        for (float[] sum : sums) {
            Arrays.fill(sum, 0);
        }
        double[] set = new double[count];
        for (int f = 0; f < count; f++) {
            set(set, f, weights[f]);
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
        return best;
    }

    private double improve(double[] weights, int f, double best) {
        double unit = scale(weights);
        double chosen = weights[f];
        double highest = best;
        for (double step : weights[f] == 0 ? STARTS : STEPS) {
            double tried = weights[f] == 0 ? step * unit : step * weights[f];
            if (tried < 0 && signed[f] == false) {
                continue;
            }
            double value = ndcg(f, tried - weights[f]);
            // dropping a part is worth as much as a noticeable gain: simpler generalises better
            if (value > highest * (1 + (highest == best ? leastGain : 0)) || tried == 0 && value >= highest && highest == best) {
                highest = value;
                chosen = tried;
            }
        }
        if (chosen != weights[f]) {
            set(weights, f, chosen);
        }
        return highest;
    }

    private static double scale(double[] weights) {
        return Arrays.stream(weights).map(Math::abs).max().orElse(1);
    }

    private void set(double[] weights, int f, double weight) {
        float change = (float) (weight - weights[f]);
        weights[f] = weight;
        for (int i = 0; i < sums.length; i++) {
            for (int j = 0; j < sums[i].length; j++) {
                sums[i][j] += change * features[i][f][j];
            }
        }
    }

    /** Mean NDCG where part f weighed that much more. */
    private double ndcg(int f, double more) {
        double[] each = IntStream.range(0, sums.length).parallel().mapToDouble(i -> {
            float[] scores = sums[i].clone();
            for (int j = 0; j < scores.length; j++) {
                scores[j] += (float) more * features[i][f][j];
            }
            return ndcg(scores, targets[i]);
        }).toArray();
        // summed in order: the same on any number of threads, down to the last bit
        double sum = 0;
        for (double value : each) {
            sum += value;
        }
        return sum / Math.max(1, sums.length);
    }

    private double ndcg(float[] scores, int[] wanted) {
        float[] sorted = new float[wanted.length];
        for (int t = 0; t < sorted.length; t++) {
            sorted[t] = scores[wanted[t]];
        }
        Arrays.sort(sorted);
        double gain = 0;
        double ideal = 0;
        int possible = Math.min(k, wanted.length);
        for (int t = 0; t < possible; t++) {
            ideal += 1 / Math.log(2 + t);
            // ties get the middle of their ranks, so equal targets share one
            double rank = rank(scores, sorted[sorted.length - 1 - t]);
            gain += rank <= k ? 1 / Math.log(1 + rank) : 0;
        }
        return gain / ideal;
    }

    private double rank(float[] scores, float own) {
        int above = 0;
        int equal = 0;
        for (float score : scores) {
            above += score > own ? 1 : 0;
            equal += score == own ? 1 : 0;
        }
        return above + (equal + 1) / 2.0;
    }
}
