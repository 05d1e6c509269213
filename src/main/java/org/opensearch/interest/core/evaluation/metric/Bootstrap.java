package org.opensearch.interest.core.evaluation.metric;

import org.opensearch.interest.core.evaluation.data.Case;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Confidence intervals by drawing users with replacement (Efron, Tibshirani: "An Introduction to the Bootstrap", 1993,
 * percentile intervals). Users are drawn and not cases, because the cases of one user resemble each other. All methods
 * are measured on the same draws, so that the interval of a difference is a paired one. Immutable, thread-safe.
 */
public final class Bootstrap {
    private static final int ROUNDS = 1000;
    /** Largest number of users times rounds. Very many users get fewer rounds, so that memory stays below 100 MB. */
    private static final long MOST_DRAWS = 20_000_000;
    private static final int FEWEST_ROUNDS = 100;

    private final int[] userOf;
    private final int users;
    private final short[][] draws;

    public Bootstrap(List<Case> cases, long seed) {
        int[] distinct = cases.stream().mapToInt(Case::user).distinct().sorted().toArray();
        this.users = distinct.length;
        this.userOf = cases.stream().mapToInt(c -> Arrays.binarySearch(distinct, c.user())).toArray();
        int rounds = (int) Math.clamp(MOST_DRAWS / Math.max(1, users), (long) FEWEST_ROUNDS, (long) ROUNDS);
        this.draws = new short[rounds][users];
        SplittableRandom random = new SplittableRandom(seed);
        for (short[] draw : draws) {
            for (int i = 0; i < users; i++) {
                draw[random.nextInt(users)]++;
            }
        }
    }

    public int users() {
        return users;
    }

    /** @param values one per case; cases with NaN do not count */
    public ConfidenceInterval mean(double[] values) {
        double[] sum = new double[users];
        double[] count = new double[users];
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i]) == false) {
                sum[userOf[i]] += values[i];
                count[userOf[i]]++;
            }
        }
        double[] means = new double[draws.length];
        for (int round = 0; round < draws.length; round++) {
            double s = 0;
            double n = 0;
            for (int u = 0; u < users; u++) {
                s += draws[round][u] * sum[u];
                n += draws[round][u] * count[u];
            }
            means[round] = s / n;
        }
        Arrays.sort(means);
        return new ConfidenceInterval(
            Arrays.stream(sum).sum() / Arrays.stream(count).sum(), at(means, 0.025), at(means, 0.975)
        );
    }

    /** Returns the interval of the mean difference a − b, case by case. */
    public ConfidenceInterval difference(double[] a, double[] b) {
        double[] difference = new double[a.length];
        Arrays.setAll(difference, i -> a[i] - b[i]);
        return mean(difference);
    }

    private static double at(double[] sorted, double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }
}
