package org.opensearch.interest.core.geometry;

import org.opensearch.interest.core.vector.SymmetricMatrix;
import org.opensearch.interest.core.vector.Vectors;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * Mean and covariance of a catalogue's unit vectors. Search texts have another mean than the items that they find, so
 * it is stored as well.
 *
 * @param itemMean   mean of the items' unit vectors
 * @param textMean   mean of the unit vectors of search texts
 * @param covariance covariance of the items' unit vectors
 */
public record Moments(float[] itemMean, float[] textMean, SymmetricMatrix covariance) {
    /** The stored form's first number: "geo" and a version. */
    private static final int MAGIC = 0x67656f01;

    public Moments {
        Vectors.requireFinite("itemMean", itemMean);
        Vectors.requireFinite("textMean", textMean);
        if (textMean.length != itemMean.length || covariance.dimension() != itemMean.length) {
            throw new IllegalArgumentException(
                "moments of [" + itemMean.length + "], [" + textMean.length + "] and [" + covariance.dimension()
                    + "] dimensions"
            );
        }
    }

    /**
     * @param items unit vectors, at least one
     * @param texts unit vectors, at least one
     */
    public static Moments of(List<float[]> items, List<float[]> texts) {
        float[] mean = mean(items);
        int n = mean.length;
        double[][] sums = new double[n][n];
        for (float[] item : items) {
            float[] centred = Vectors.plusScaled(item, -1, mean);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    sums[i][j] += (double) centred[i] * centred[j];
                }
            }
        }
        float[][] covariance = new float[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                covariance[i][j] = covariance[j][i] = (float) (sums[i][j] / items.size());
            }
        }
        return new Moments(mean, mean(texts), new SymmetricMatrix(covariance));
    }

    private static float[] mean(List<float[]> vectors) {
        double[] sum = new double[vectors.get(0).length];
        for (float[] vector : vectors) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += vector[i];
            }
        }
        float[] mean = new float[sum.length];
        for (int i = 0; i < sum.length; i++) {
            mean[i] = (float) (sum[i] / vectors.size());
        }
        return mean;
    }

    /**
     * Writes, in big-endian order: a magic number, the dimension n, both means, and the covariance's lower triangle row
     * by row, all float32.
     */
    public void writeTo(OutputStream stream) throws IOException {
        DataOutputStream out = new DataOutputStream(stream);
        out.writeInt(MAGIC);
        out.writeInt(itemMean.length);
        write(out, itemMean, itemMean.length);
        write(out, textMean, textMean.length);
        for (int i = 0; i < covariance.dimension(); i++) {
            write(out, covariance.rows()[i], i + 1);
        }
        out.flush();
    }

    /** @throws IOException if the bytes are not in the form of {@link #writeTo} */
    public static Moments readFrom(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        int magic = in.readInt();
        int dimension = in.readInt();
        if (magic != MAGIC || dimension < 1 || dimension > 1 << 16) {
            throw new IOException(
                "no geometry of a known version: it begins with [" + Integer.toHexString(magic) + "]"
            );
        }
        float[] itemMean = read(in, dimension);
        float[] textMean = read(in, dimension);
        float[][] rows = new float[dimension][dimension];
        for (int i = 0; i < dimension; i++) {
            float[] start = read(in, i + 1);
            for (int j = 0; j <= i; j++) {
                rows[i][j] = rows[j][i] = start[j];
            }
        }
        return new Moments(itemMean, textMean, new SymmetricMatrix(rows));
    }

    private static void write(DataOutputStream out, float[] numbers, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            out.writeFloat(numbers[i]);
        }
    }

    private static float[] read(DataInputStream in, int count) throws IOException {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = in.readFloat();
        }
        return numbers;
    }
}
