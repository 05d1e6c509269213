package org.opensearch.interest.core.evaluation.learning;

import org.opensearch.interest.core.evaluation.method.WorkerPool;

/**
 * Weights under which the users' engagements were most likely: a multinomial logit (McFadden: "Conditional logit
 * analysis of qualitative choice behavior", 1974), P(item) = exp(w·f(item)) / Σ exp(w·f). Its likelihood is concave, so
 * Newton's method finds the only maximum from any start. The result is a start for maximising NDCG, which has many
 * local maxima. A normal prior around the prior weights lets few cases move them only little, and lets redundant
 * scorers share their weight.
 */
final class MultinomialLogit {
    private static final int ITERATIONS = 12;
    /** Inverse variance of a weight around its prior: a standard deviation of about one half. */
    private static final double PRECISION = 4;

    private MultinomialLogit() {}

    /**
     * @param members the cases to learn from
     * @param prior   one weight per scorer
     */
    static double[] fit(TrainingSet training, int[] members, double[] prior, WorkerPool pool) {
        int count = prior.length;
        double ridge = PRECISION / Math.max(1, members.length);
        double[] weights = prior.clone();
        for (int iteration = 0; iteration < ITERATIONS && members.length > 0; iteration++) {
            double[][][] each = new double[members.length][][];
            pool.each(
                each.length,
                m -> each[m] = derivatives(training.features()[members[m]], training.targets()[members[m]], weights)
            );
            double[][] sum = new double[count + 1][count];
            for (double[][] one : each) {
                for (int a = 0; a <= count; a++) {
                    for (int b = 0; b < count; b++) {
                        sum[a][b] += one[a][b] / members.length;
                    }
                }
            }
            for (int a = 0; a < count; a++) {
                sum[a][a] += ridge;
                sum[count][a] -= ridge * (weights[a] - prior[a]);
            }
            double[] step = solve(sum, count);
            double longest = 0;
            for (double s : step) {
                longest = Math.max(longest, Math.abs(s));
            }
            // far from the maximum, Newton's steps overshoot
            double damping = Math.min(1, 2 / Math.max(longest, 1e-12));
            for (int a = 0; a < count; a++) {
                weights[a] += damping * step[a];
            }
            if (longest < 1e-4) {
                break;
            }
        }
        return weights;
    }

    /**
     * Returns rows 0 … count−1: the negative Hessian, which is the covariance of the features; row count: the gradient.
     */
    private static double[][] derivatives(float[][] features, int[] targets, double[] weights) {
        int count = weights.length;
        int items = features[0].length;
        double[] p = new double[items];
        double highest = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < items; j++) {
            for (int a = 0; a < count; a++) {
                p[j] += weights[a] * features[a][j];
            }
            highest = Math.max(highest, p[j]);
        }
        double total = 0;
        for (int j = 0; j < items; j++) {
            p[j] = Math.exp(p[j] - highest);
            total += p[j];
        }
        double[] mean = new double[count];
        double[][] result = new double[count + 1][count];
        for (int j = 0; j < items; j++) {
            double share = p[j] / total;
            if (share > 1e-9) {
                for (int a = 0; a < count; a++) {
                    double weighted = share * features[a][j];
                    mean[a] += weighted;
                    for (int b = 0; b <= a; b++) {
                        result[a][b] += weighted * features[b][j];
                    }
                }
            }
        }
        for (int a = 0; a < count; a++) {
            for (int b = 0; b <= a; b++) {
                result[a][b] -= mean[a] * mean[b];
                result[b][a] = result[a][b];
            }
            for (int target : targets) {
                result[count][a] += features[a][target] / targets.length;
            }
            result[count][a] -= mean[a];
        }
        return result;
    }

    /** Solves a system of a few unknowns by Gaussian elimination with the largest pivot. */
    private static double[] solve(double[][] system, int n) {
        double[][] rows = new double[n][n + 1];
        for (int a = 0; a < n; a++) {
            System.arraycopy(system[a], 0, rows[a], 0, n);
            rows[a][n] = system[n][a];
        }
        for (int column = 0; column < n; column++) {
            int pivot = column;
            for (int row = column + 1; row < n; row++) {
                pivot = Math.abs(rows[row][column]) > Math.abs(rows[pivot][column]) ? row : pivot;
            }
            double[] swap = rows[column];
            rows[column] = rows[pivot];
            rows[pivot] = swap;
            for (int row = 0; row < n; row++) {
                double factor = row == column ? 0 : rows[row][column] / rows[column][column];
                for (int i = column; factor != 0 && i <= n; i++) {
                    rows[row][i] -= factor * rows[column][i];
                }
            }
        }
        double[] solution = new double[n];
        for (int a = 0; a < n; a++) {
            solution[a] = rows[a][n] / rows[a][a];
        }
        return solution;
    }
}
