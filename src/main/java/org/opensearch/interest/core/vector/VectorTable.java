package org.opensearch.interest.core.vector;

import java.util.Arrays;
import java.util.List;

/**
 * Many vectors of one dimension, laid out so that all their dot products with one direction are fast: one array per
 * dimension, so that the compiler vectorises over the items without changing any item's order of summation. Holds a
 * copy; immutable, thread-safe.
 */
public final class VectorTable {
    private final int size;
    private final float[][] columns;

    private VectorTable(int size, float[][] columns) {
        this.size = size;
        this.columns = columns;
    }

    /**
     * @param rows      all of that dimension; null means the zero vector
     * @param dimension at least 1
     */
    public static VectorTable of(List<float[]> rows, int dimension) {
        float[][] columns = new float[dimension][rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            float[] row = rows.get(i);
            if (row != null && row.length != dimension) {
                throw new IllegalArgumentException(
                    "a row of [" + row.length + "] numbers in a table of [" + dimension + "] dimensions"
                );
            }
            for (int d = 0; row != null && d < dimension; d++) {
                columns[d][i] = row[d];
            }
        }
        return new VectorTable(rows.size(), columns);
    }

    public int size() {
        return size;
    }

    public int dimension() {
        return columns.length;
    }

    /**
     * Computes row i · direction for every i, in float: accurate to about 1e-6 for unit vectors, which is far below the
     * differences that decide ranks.
     *
     * @param into array of the table's size; overwritten
     */
    public void products(float[] direction, float[] into) {
        Arrays.fill(into, 0f);
        for (int d = 0; d < columns.length; d++) {
            addScaled(direction[d], columns[d], into);
        }
    }

    private static void addScaled(float factor, float[] column, float[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] += factor * column[i];
        }
    }
}
