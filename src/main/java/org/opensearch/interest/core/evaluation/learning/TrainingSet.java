package org.opensearch.interest.core.evaluation.learning;

import org.opensearch.interest.core.evaluation.data.EvaluationCases;
import org.opensearch.interest.core.evaluation.method.CaseReplay;
import org.opensearch.interest.core.evaluation.method.Scorer;
import org.opensearch.interest.core.evaluation.method.WorkerPool;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Scores of several scorers for many cases, and the users' actual engagements: all that is needed to try weights
 * quickly. Bounded: at most 64 M numbers are stored; of more cases, a sample is drawn by the seed. The scores must not
 * be changed.
 *
 * @param features by case, scorer and candidate
 * @param targets  by case, indices of the targets among the candidates
 * @param users    by case
 * @param k        length of the measured lists
 */
record TrainingSet(float[][][] features, int[][] targets, int[] users, int k) {
    private static final long MOST_NUMBERS = 64_000_000;
    private static final int MOST_CASES = 2_000;

    /** @param scorers creates that many scorers */
    static TrainingSet gather(
        EvaluationCases evaluationCases, Supplier<List<Scorer>> scorers, int count, int k, int threads, long seed
    ) {
        long perCase = (long) evaluationCases.data().items() * (count + 1);
        EvaluationCases sample = evaluationCases
            .sample(Math.clamp(MOST_NUMBERS / Math.max(1, perCase), 50, MOST_CASES), seed);
        int cases = sample.cases().size();
        TrainingSet training = new TrainingSet(new float[cases][count][], new int[cases][], new int[cases], k);
        CaseReplay.run(sample, scorers, threads, done -> {}, (index, c, roots, cache) -> {
            int[] candidates = sample.candidates(c);
            for (int f = 0; f < count; f++) {
                float[] scores = cache.of(roots.get(f));
                float[] own = new float[candidates.length];
                for (int i = 0; i < own.length; i++) {
                    own[i] = scores[candidates[i]];
                }
                training.features[index][f] = own;
            }
            training.targets[index] = Arrays.stream(c.targets())
                .map(target -> Arrays.binarySearch(candidates, target))
                .toArray();
            training.users[index] = c.user();
        });
        return training;
    }

    int cases() {
        return features.length;
    }

    /**
     * Returns the cases whose user falls into one fold of several, or all others; the cases of one user stay together.
     */
    int[] members(int fold, int folds, boolean within) {
        return IntStream.range(0, cases())
            .filter(i -> (Math.floorMod(users[i] * 0x9E3779B1, folds) == fold) == within)
            .toArray();
    }

    int[] all() {
        return IntStream.range(0, cases()).toArray();
    }

    /** Returns the NDCG of each of the given cases under weights. */
    double[] ndcg(double[] weights, int[] members, WorkerPool pool) {
        return pool.numbers(members.length, m -> {
            int i = members[m];
            float[] sum = new float[features[i][0].length];
            for (int f = 0; f < weights.length; f++) {
                add((float) weights[f], features[i][f], sum);
            }
            return ndcg(sum, targets[i]);
        });
    }

    static void add(float factor, float[] scores, float[] into) {
        for (int j = 0; factor != 0 && j < into.length; j++) {
            into[j] += factor * scores[j];
        }
    }

    double ndcg(float[] scores, int[] caseTargets) {
        int possible = Math.min(k, caseTargets.length);
        float[] best = best(scores, caseTargets, possible);
        int[] above = new int[possible];
        int[] equal = new int[possible];
        // one pass: a target with k items above it has no gain, and neither do targets below it
        int open = possible;
        for (float score : scores) {
            for (int t = open - 1; t >= 0 && score >= best[t]; t--) {
                if (score == best[t]) {
                    equal[t]++;
                } else if (++above[t] == k) {
                    open = t;
                }
            }
        }
        double gain = 0;
        double ideal = 0;
        for (int t = 0; t < possible; t++) {
            ideal += 1 / Math.log(2 + t);
            // ties get the middle of their ranks, so that equal targets share one rank
            double rank = above[t] + (equal[t] + 1) / 2.0;
            gain += t < open && rank <= k ? 1 / Math.log(1 + rank) : 0;
        }
        return gain / ideal;
    }

    /** Returns the scores of the best few targets, the best first. */
    private static float[] best(float[] scores, int[] caseTargets, int few) {
        float[] sorted = new float[caseTargets.length];
        for (int t = 0; t < sorted.length; t++) {
            sorted[t] = scores[caseTargets[t]];
        }
        Arrays.sort(sorted);
        float[] best = new float[few];
        for (int t = 0; t < few; t++) {
            best[t] = sorted[sorted.length - 1 - t];
        }
        return best;
    }
}
