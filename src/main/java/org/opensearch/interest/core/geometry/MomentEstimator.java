package org.opensearch.interest.core.geometry;

import org.opensearch.interest.core.vector.SymmetricMatrix;
import org.opensearch.interest.core.vector.Vectors;

/**
 * Estimates the {@link Moments} of a catalogue from a stream of vectors. Mean and covariance are updated with each
 * vector (Welford 1962), in double, so that no vector is stored. Not thread-safe. Cost of a vector: dimension² / 2.
 *
 * <p>A few items say little about a covariance of 384 × 384 numbers, so a fit is shrunk to a prior: it is the mean and
 * covariance of the sample pooled with {@code weight} imagined items that are distributed as the prior. Without items
 * the fit is the prior, with very many it is the sample, and it is always a covariance (symmetric, positive
 * semi-definite).
 */
public final class MomentEstimator {
    /**
     * The number of items that a model's prior counts as. Measured on a narrow catalogue (1,007 wines), NDCG@10 on the
     * validation set: .0349 with 50, .0313 with 500; also when fitted on 300 or on 100 of the wines, 50 to 100 is best.
     */
    public static final double PRIOR_WEIGHT = 50;

    private final double[] mean;
    /** Lower triangle of Σ (x − mean)(x − mean)ᵀ. */
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
     * Adds a vector, scaled to length 1. A vector of another dimension, or without a direction (zero, NaN, infinite),
     * does not count.
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

    /** The number of vectors that count. */
    public int size() {
        return size;
    }

    /**
     * The sample pooled with {@code weight} items of the prior. A sample of items holds no search texts. Their mean is
     * assumed to differ from the items' mean as in the prior, so it moves as far as the items' mean does.
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
            // an empty sample has no mean and must not pull the prior's towards 0
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
     * A fit without a prior of the model: shrunk to the sample's own mean and to its mean variance in every direction.
     * Few items determine a mean well, but not the variances of all directions. Vectors that are all the same have no
     * variance; then the variance is 1 / dimension, and any other would do.
     */
    public Moments shrunkToIsotropic(double weight) {
        float[] middle = new float[mean.length];
        double trace = 0;
        for (int i = 0; i < mean.length; i++) {
            middle[i] = (float) mean[i];
            trace += covariance(i, i);
        }
        float variance = (float) (trace / mean.length);
        // below the precision of float32 vectors a variance is rounding
        float scale = trace > 1e-9 ? variance : 1f / mean.length;
        return shrunkTo(new Moments(middle, middle, SymmetricMatrix.identity(mean.length, scale)), weight);
    }

    private double covariance(int i, int j) {
        return size == 0 ? 0 : scatter[i][j] / size;
    }
}
