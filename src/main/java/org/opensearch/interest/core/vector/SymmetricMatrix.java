package org.opensearch.interest.core.vector;

import java.util.List;

/**
 * A real symmetric matrix, as full rows of floats. The rows are not copied and not to be changed; thread-safe under
 * that condition.
 *
 * @param rows square, finite and symmetric
 */
public record SymmetricMatrix(float[][] rows) {
    public SymmetricMatrix {
        for (float[] row : rows) {
            if (row.length != rows.length) {
                throw new IllegalArgumentException(
                    "a matrix of [" + rows.length + "] rows with a row of [" + row.length + "] numbers"
                );
            }
            Vectors.requireFinite("row", row);
        }
    }

    public static SymmetricMatrix identity(int dimension, float scale) {
        float[][] rows = new float[dimension][dimension];
        for (int i = 0; i < dimension; i++) {
            rows[i][i] = scale;
        }
        return new SymmetricMatrix(rows);
    }

    public int dimension() {
        return rows.length;
    }

    /** this · v, in single precision. */
    public float[] times(float[] v) {
        return times(List.of(v)).get(0);
    }

    /**
     * this · v for each v, in single precision; the numbers are the same as from one call per vector. Adds up scaled
     * rows instead of taking dot products: for a symmetric matrix the result is the same, and the JIT compiler
     * vectorises a loop that carries no sum from one step to the next. Takes eight rows at a time, so that each sum is
     * loaded and stored an eighth as often, and applies them to all vectors while they are in the nearest cache.
     */
    public List<float[]> times(List<float[]> vectors) {
        List<float[]> products = vectors.stream().map(v -> new float[rows.length]).toList();
        int whole = rows.length - rows.length % Vectors.ROWS;
        for (int i = 0; i < whole; i += Vectors.ROWS) {
            for (int k = 0; k < products.size(); k++) {
                Vectors.addScaledRowsTo(products.get(k), vectors.get(k), rows, i);
            }
        }
        for (int i = whole; i < rows.length; i++) {
            for (int k = 0; k < products.size(); k++) {
                Vectors.addScaledTo(products.get(k), vectors.get(k)[i], rows[i]);
            }
        }
        return products;
    }

    /**
     * The largest eigenvalue of a positive semi-definite matrix, by power iteration; accurate to about one percent,
     * which is enough to choose a ridge.
     */
    public double largestEigenvalue() {
        float[] v = new float[rows.length];
        for (int i = 0; i < v.length; i++) {
            // any start vector that is orthogonal to no eigenvector; a fixed one makes a fit repeatable
            v[i] = 1f + (i % 7) / 7f;
        }
        double eigenvalue = 0;
        for (int round = 0; round < 100; round++) {
            double norm = Vectors.norm(v);
            if (norm == 0) {
                return 0;
            }
            v = times(Vectors.scaled(v, 1 / norm));
            eigenvalue = Vectors.norm(v);
        }
        return eigenvalue;
    }

    /**
     * (this + ridge · I)⁻¹ by the Cholesky decomposition L·Lᵀ, in double.
     *
     * @param ridge ≥ 0
     * @throws IllegalArgumentException if the sum is not positive definite
     */
    public SymmetricMatrix inverse(double ridge) {
        double[][] lower = cholesky(ridge);
        int n = rows.length;
        float[][] inverse = new float[n][n];
        double[] column = new double[n];
        for (int j = 0; j < n; j++) {
            // L·y = e_j, then Lᵀ·x = y
            for (int i = 0; i < n; i++) {
                double sum = i == j ? 1 : 0;
                for (int k = j; k < i; k++) {
                    sum -= lower[i][k] * column[k];
                }
                column[i] = i < j ? 0 : sum / lower[i][i];
            }
            for (int i = n - 1; i >= 0; i--) {
                double sum = column[i];
                for (int k = i + 1; k < n; k++) {
                    sum -= lower[k][i] * column[k];
                }
                column[i] = sum / lower[i][i];
            }
            for (int i = 0; i <= j; i++) {
                inverse[i][j] = inverse[j][i] = (float) column[i];
            }
        }
        return new SymmetricMatrix(inverse);
    }

    private double[][] cholesky(double ridge) {
        int n = rows.length;
        double[][] lower = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = rows[i][j] + (i == j ? ridge : 0);
                for (int k = 0; k < j; k++) {
                    sum -= lower[i][k] * lower[j][k];
                }
                if (i == j && sum <= 0) {
                    throw new IllegalArgumentException(
                        "the matrix has no Cholesky decomposition, because it is not positive definite"
                    );
                }
                lower[i][j] = i == j ? Math.sqrt(sum) : sum / lower[j][j];
            }
        }
        return lower;
    }
}
