package org.opensearch.interest.core.evaluation.learning;

import org.opensearch.interest.core.evaluation.method.WorkerPool;

/**
 * The weights under which what users took up was most likely: a multinomial logit (McFadden: "Conditional logit
 * analysis of qualitative choice behavior", 1974), P(item) = exp(w·f(item)) / Σ exp(w·f). Its likelihood is concave, so
 * Newton's method finds the one best place from anywhere: a start for those who look for the best NDCG, which has many
 * local ones. Weights are normally distributed around the usual ones beforehand, so that few cases move them little,
 * and parts that say the same share what they say.
 */
final class MultinomialLogit {
    private static final int ITERATIONS = 12;
    /** One over the variance of a weight around its usual value: a deviation of about one half. */
    private static final double PRECISION = 4;

    private MultinomialLogit() {}

    /**
     * @param members the cases that count
     * @param usual   one weight a part
     */
    static double[] fit(TrainingSet training, int[] members, double[] usual, WorkerPool pool) {
        int parts = usual.length;
        double ridge = PRECISION / Math.max(1, members.length);
        double[] weights = usual.clone();
        for (int iteration = 0; iteration < ITERATIONS && members.length > 0; iteration++) {
            double[][][] each = new double[members.length][][];
            pool.each(
                each.length,
                m -> each[m] = derivatives(training.features()[members[m]], training.targets()[members[m]], weights)
            );
            double[][] sum = new double[parts + 1][parts];
            for (double[][] one : each) {
                for (int a = 0; a <= parts; a++) {
                    for (int b = 0; b < parts; b++) {
                        sum[a][b] += one[a][b] / members.length;
                    }
                }
            }
            for (int a = 0; a < parts; a++) {
                sum[a][a] += ridge;
                sum[parts][a] -= ridge * (weights[a] - usual[a]);
            }
            double[] step = solve(sum, parts);
            double longest = 0;
            for (double s : step) {
                longest = Math.max(longest, Math.abs(s));
            }
            // far from the best place Newton's steps overshoot
            double damping = Math.min(1, 2 / Math.max(longest, 1e-12));
            for (int a = 0; a < parts; a++) {
                weights[a] += damping * step[a];
            }
            if (longest < 1e-4) {
                break;
            }
        }
        return weights;
    }

    /** Rows 0 … parts−1: the negative Hessian, which is the covariance of the features; row parts: the gradient. */
    private static double[][] derivatives(float[][] features, int[] targets, double[] weights) {
        int parts = weights.length;
        int items = features[0].length;
        double[] p = new double[items];
        double highest = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < items; j++) {
            for (int a = 0; a < parts; a++) {
                p[j] += weights[a] * features[a][j];
            }
            highest = Math.max(highest, p[j]);
        }
        double total = 0;
        for (int j = 0; j < items; j++) {
            p[j] = Math.exp(p[j] - highest);
            total += p[j];
        }
        double[] mean = new double[parts];
        double[][] result = new double[parts + 1][parts];
        for (int j = 0; j < items; j++) {
            double share = p[j] / total;
            if (share > 1e-9) {
                for (int a = 0; a < parts; a++) {
                    double weighted = share * features[a][j];
                    mean[a] += weighted;
                    for (int b = 0; b <= a; b++) {
                        result[a][b] += weighted * features[b][j];
                    }
                }
            }
        }
        for (int a = 0; a < parts; a++) {
            for (int b = 0; b <= a; b++) {
                result[a][b] -= mean[a] * mean[b];
                result[b][a] = result[a][b];
            }
            for (int target : targets) {
                result[parts][a] += features[a][target] / targets.length;
            }
            result[parts][a] -= mean[a];
        }
        return result;
    }

    /** Gaussian elimination with the largest pivot; a few unknowns. */
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
