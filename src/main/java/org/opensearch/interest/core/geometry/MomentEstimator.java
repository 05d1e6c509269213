package org.opensearch.interest.core.geometry;

import org.opensearch.interest.core.vector.SymmetricMatrix;
import org.opensearch.interest.core.vector.Vectors;

/**
 * What has been seen of a catalogue so far, vector by vector, and the {@link Moments} that it supports. Mean and spread
 * are updated as each vector comes (Welford 1962), in double, so that no vector is kept. Not thread-safe. Cost of a
 * vector: dimension² / 2.
 *
 * <p>A few items say little about a covariance of 384 × 384 numbers, so a fit is shrunk to what was believed before: it
 * is the mean and covariance of the sample pooled with {@code weight} imagined items that are spread as the prior says.
 * With nothing seen that is the prior, with very much it is the sample, and it is a covariance (symmetric, positive
 * semi-definite) all the way.
 */
public final class MomentEstimator {
    /**
     * Items that a model's prior counts as. Measured on a narrow catalogue (1,007 wines), NDCG@10 on validation: .0349
     * with 50, .0313 with 500; fitted on 300 or on 100 of them, 50 to 100 is best as well.
     */
    public static final double PRIOR_WEIGHT = 50;

    private final double[] mean;
    /** Σ (x − mean)(x − mean)ᵀ, lower triangle */
    private final double[][] scatter;
    private int size;

    public MomentEstimator(int dimension) {
        mean = new double[dimension];
        scatter = new double[dimension][];
        for (int i = 0; i < dimension; i++) {
            scatter[i] = new double[i + 1];
        }
    }

    /**
     * Adds a vector at length 1; one of another dimension, or without a direction (zero, NaN, infinite), does not
     * count.
     */
    public void add(float[] vector) {
        double norm = vector.length == mean.length ? Vectors.norm(vector) : 0;
        if (norm > 0 == false || Double.isFinite(norm) == false) {
            return;
        }
        size++;
        double[] before = new double[mean.length];
        for (int i = 0; i < mean.length; i++) {
            before[i] = vector[i] / norm - mean[i];
            mean[i] += before[i] / size;
        }
        double share = (size - 1.0) / size;
        for (int i = 0; i < mean.length; i++) {
            double[] row = scatter[i];
            double scaled = share * before[i];
            for (int j = 0; j <= i; j++) {
                row[j] += scaled * before[j];
            }
        }
    }

    public int dimension() {
        return mean.length;
    }

    /** How many vectors count. */
    public int size() {
        return size;
    }

    /**
     * The sample pooled with {@code weight} items of the prior. A sample of items holds no texts that search; theirs
     * are taken to lie from the items as the prior has it, so their mean moves as far as the items' does.
     *
     * @param prior  of the sample's dimension
     * @param weight above 0
     */
    public Moments shrunkTo(Moments prior, double weight) {
        if (prior.itemMean().length != mean.length || weight > 0 == false) {
            throw new IllegalArgumentException(
                "a sample of [" + mean.length + "] dimensions and a prior of [" + prior.itemMean().length
                    + "] with weight [" + weight + "]"
            );
        }
        double own = size / (size + weight);
        double before = 1 - own;
        float[] fitted = new float[mean.length];
        float[] texts = new float[mean.length];
        double[] apart = new double[mean.length];
        for (int i = 0; i < mean.length; i++) {
            // nothing seen has no mean: it must not pull the prior's towards 0
            apart[i] = size == 0 ? 0 : mean[i] - prior.itemMean()[i];
            fitted[i] = (float) (prior.itemMean()[i] + own * apart[i]);
            texts[i] = (float) (prior.textMean()[i] + own * apart[i]);
        }
        float[][] rows = new float[mean.length][mean.length];
        for (int i = 0; i < mean.length; i++) {
            for (int j = 0; j <= i; j++) {
                double within = own * covariance(i, j) + before * prior.covariance().rows()[i][j];
                rows[i][j] = rows[j][i] = (float) (within + own * before * apart[i] * apart[j]);
            }
        }
        return new Moments(fitted, texts, new SymmetricMatrix(rows));
    }

    /**
     * Where nothing is known of the model: shrunk to the sample's own middle and its own spread, the same in every
     * direction. A mean is known well from few items, its directions are not. Vectors that are all the same have no
     * spread; then any will do.
     */
    public Moments shrunkToRound(double weight) {
        float[] middle = new float[mean.length];
        double trace = 0;
        for (int i = 0; i < mean.length; i++) {
            middle[i] = (float) mean[i];
            trace += covariance(i, i);
        }
        float spread = (float) (trace / mean.length);
        // below what float32 vectors can tell apart: rounding, not spread
        float scale = trace > 1e-9 ? spread : 1f / mean.length;
        return shrunkTo(new Moments(middle, middle, SymmetricMatrix.identity(mean.length, scale)), weight);
    }

    private double covariance(int i, int j) {
        return size == 0 ? 0 : scatter[i][j] / size;
    }
}
