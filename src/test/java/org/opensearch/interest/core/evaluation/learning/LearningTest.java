package org.opensearch.interest.core.evaluation.learning;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.evaluation.method.WorkerPool;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Learning of weights from few cases and from many. */
class LearningTest {
    private static final WorkerPool ALONE = new WorkerPool(1);
    private static final int ITEMS = 40;
    private static final boolean[] SIGNED = { false, false, true };

    /**
     * Returns cases in which the first scorer predicts the target, the second is noise and the third counts against it.
     *
     * @param clear how far the target's score is above the others
     */
    private static TrainingSet training(int cases, double clear, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][][] features = new float[cases][3][ITEMS];
        int[][] targets = new int[cases][];
        int[] users = new int[cases];
        for (int c = 0; c < cases; c++) {
            int target = random.nextInt(ITEMS);
            targets[c] = new int[]{ target };
            users[c] = c;
            for (int f = 0; f < 3; f++) {
                for (int i = 0; i < ITEMS; i++) {
                    features[c][f][i] = (float) random.nextGaussian();
                }
            }
            features[c][0][target] += (float) clear;
            features[c][2][target] -= (float) clear / 2;
        }
        return new TrainingSet(features, targets, users, 10);
    }

    private static double[] learn(TrainingSet training, double... usual) {
        return new ComponentWeightLearner(training, SIGNED, usual, () -> {}).learn();
    }

    private static double ndcg(TrainingSet training, double... weights) {
        return Arrays.stream(training.ndcg(weights, training.all(), ALONE)).average().orElseThrow();
    }

    @Test
    void moreThreadsLearnTheSame() {
        TrainingSet training = training(300, 1, 4);
        double[] alone = learn(training, 0.5, 0.5, 0);
        try (WorkerPool pool = new WorkerPool(3)) {
            assertArrayEquals(
                alone,
                new ComponentWeightLearner(training, SIGNED, new double[]{ 0.5, 0.5, 0 }, pool, () -> {}).learn(), 0
            );
        }
    }

    @Test
    void manyCasesSpeakForThemselves() {
        double[] weights = learn(training(1_000, 2, 1), 0, 1, 0);
        assertTrue(weights[0] > 0 && weights[2] < 0 && weights[1] < 0.3 * weights[0], Arrays.toString(weights));
        TrainingSet others = training(1_000, 2, 2);
        assertTrue(
            ndcg(others, weights) > ndcg(others, 1, 0, 0), "better than its best part on cases that nobody learned from"
        );
    }

    @Test
    void fewCasesLeaveTheUsualWeights() {
        for (long seed = 0; seed < 20; seed++) {
            double[] weights = learn(training(3, 1, seed), 1, 0, -0.5);
            assertEquals(1, weights[0], 0.8);
            assertEquals(-0.5, weights[2], 0.8);
        }
        assertArrayEquals(new double[]{ 1, 0.5, -1 }, learn(training(0, 1, 1), 1, 0.5, -1), 0, "nothing to learn from");
    }

    @Test
    void theBlendIsHardlyEverWorseThanItsBestPart() {
        double sum = 0;
        double worst = 1;
        for (long seed = 0; seed < 30; seed++) {
            double[] weights = learn(training(60, 1.5, seed), 0.3, 0.3, 0);
            TrainingSet others = training(600, 1.5, seed + 1_000);
            double gain = ndcg(others, weights) - ndcg(others, 1, 0, 0);
            sum += gain;
            worst = Math.min(worst, gain);
        }
        assertTrue(sum > 0, "on the whole better: " + sum / 30);
        assertTrue(worst > -0.05, "and never by much worse: " + worst);
    }

    @Test
    void aUsersCasesStayTogether() {
        TrainingSet one = training(100, 1, 1);
        Arrays.setAll(one.users(), c -> c / 10);
        for (int fold = 0; fold < 5; fold++) {
            for (int i : one.members(fold, 5, true)) {
                int user = one.users()[i];
                assertTrue(Arrays.stream(one.members(fold, 5, false)).noneMatch(other -> one.users()[other] == user));
            }
        }
    }

    @Test
    void learningCanBeStopped() {
        ComponentWeightLearner learner = new ComponentWeightLearner(training(100, 1, 1), SIGNED, new double[3], () -> {
            throw new CancellationException("enough");
        });
        assertThrows(CancellationException.class, learner::learn);
    }
}
