package org.opensearch.interest.core.vector;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Products, compared with a plain computation in double. */
class SymmetricMatrixTest {
    private final Random random = new Random(7);

    @Test
    void aProductIsTheSumOfRowTimesColumn() {
        // dimensions at and around whole blocks of eight rows
        for (int dimension : new int[]{ 1, 2, 7, 8, 9, 15, 16, 17, 31, 384 }) {
            SymmetricMatrix matrix = any(dimension);
            float[] v = vector(dimension);
            float[] product = matrix.times(v);
            assertEquals(dimension, product.length);
            for (int i = 0; i < dimension; i++) {
                double sum = 0;
                for (int j = 0; j < dimension; j++) {
                    sum += (double) matrix.rows()[i][j] * v[j];
                }
                assertEquals(sum, product[i], 1e-5 * dimension, "row " + i + " of " + dimension);
            }
        }
    }

    @Test
    void manyProductsAreThoseOfEach() {
        for (int round = 0; round < 50; round++) {
            SymmetricMatrix matrix = any(1 + random.nextInt(40));
            List<float[]> vectors = new ArrayList<>();
            for (int i = random.nextInt(10); i > 0; i--) {
                vectors.add(vector(matrix.dimension()));
            }
            List<float[]> products = matrix.times(vectors);
            assertEquals(vectors.size(), products.size());
            for (int i = 0; i < vectors.size(); i++) {
                assertArrayEquals(matrix.times(vectors.get(i)), products.get(i), 0f);
            }
        }
    }

    private SymmetricMatrix any(int dimension) {
        float[][] rows = new float[dimension][dimension];
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j <= i; j++) {
                rows[i][j] = rows[j][i] = (float) random.nextGaussian();
            }
        }
        return new SymmetricMatrix(rows);
    }

    private float[] vector(int dimension) {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }
}
