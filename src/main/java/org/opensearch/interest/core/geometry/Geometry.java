package org.opensearch.interest.core.geometry;

import org.opensearch.interest.core.vector.SymmetricMatrix;
import org.opensearch.interest.core.vector.Vectors;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns a user's evidence into a direction that ranks a catalogue's items.
 *
 * <p>Sentence vectors lie in a narrow cone: two unrelated texts share much of their direction, and so a raw cosine
 * ranks by what all items have in common. Subtracting the catalogue's mean μ from the evidence removes the cone;
 * dividing by its covariance C weights each direction by how well it distinguishes items. With u = d = S − Mμ (evidence
 * without its mean), the two extremes are q₀ = d (centring alone) and q_½ = (C + εI)⁻¹·d (full whitening of both sides:
 * A = (C + εI)^(−½), q = Aᵀ·A·d). Neither is better everywhere: q₀ is better for a few coarse candidates, q_½ for a
 * large catalogue. Their sum, each divided by its standard deviation over the catalogue σ(q) = √(qᵀ·C·q), is nearly as
 * good as the better of the two and is still one vector.
 *
 * <p>Immutable, thread-safe. Cost of a direction: two products of matrix and vector.
 */
public final class Geometry {
    /** ε relative to the largest eigenvalue: keeps directions in which the sample hardly varies from dominating. */
    private static final double RIDGE = 0.001;

    private final float[] itemMean;
    private final float[] textMean;
    private final SymmetricMatrix covariance;
    private final SymmetricMatrix precision;
    private final double ridge;

    private Geometry(Moments moments) {
        itemMean = moments.itemMean();
        textMean = moments.textMean();
        covariance = moments.covariance();
        double largest = covariance.largestEigenvalue();
        ridge = largest > 0 ? RIDGE * largest : 1;
        precision = covariance.inverse(ridge);
    }

    public static Geometry of(Moments moments) {
        return new Geometry(moments);
    }

    /**
     * A geometry for an unknown catalogue: its mean is zero and its variance the same in every direction, so that items
     * rank by cosine.
     */
    public static Geometry flat(int dimension) {
        float[] origin = new float[dimension];
        return new Geometry(new Moments(origin, origin, SymmetricMatrix.identity(dimension, 1f / dimension)));
    }

    public int dimension() {
        return itemMean.length;
    }

    public float[] itemMean() {
        return itemMean;
    }

    public float[] textMean() {
        return textMean;
    }

    /**
     * The direction that ranks items by similarity to centred evidence, scaled to a standard deviation of 1 over the
     * catalogue.
     *
     * @param centred evidence minus its mean, at any scale; not zero
     */
    public float[] direction(float[] centred) {
        return directions(List.of(centred)).get(0);
    }

    /**
     * The {@link #direction} of each vector. One call for all is cheaper than one call each, because most of the time
     * is spent on loading the matrices into the processor.
     */
    public List<float[]> directions(List<float[]> centred) {
        List<float[]> whitened = precision.times(centred);
        List<float[]> spread = covariance.times(centred);
        List<float[]> directions = new ArrayList<>();
        for (int i = 0; i < centred.size(); i++) {
            directions
                .add(lengths(centred.get(i), whitened.get(i), spread.get(i)).mixed(centred.get(i), whitened.get(i)));
        }
        return directions;
    }

    /**
     * The vector that attributes an item's score to parts of the evidence. With the lengths fixed that
     * {@link #direction} gives its two halves, the direction is a linear and symmetric function of the evidence. So if
     * the evidence is a sum of parts, each part d adds d · y to direction(centred) · target.
     *
     * @param centred the whole evidence, as for {@link #direction}
     * @param target  an item's vector minus the mean
     * @return y
     */
    public float[] attributionVector(float[] centred, float[] target) {
        List<float[]> whitened = precision.times(List.of(centred, target));
        return lengths(centred, whitened.get(0), covariance.times(centred)).mixed(target, whitened.get(1));
    }

    /** The factors of the plain and of the whitened evidence in a direction. */
    private record Lengths(double plain, double whitened) {
        float[] mixed(float[] plainVector, float[] whitenedVector) {
            return Vectors.plusScaled(Vectors.scaled(plainVector, plain), whitened, whitenedVector);
        }
    }

    /** @param spread the covariance · centred */
    private Lengths lengths(float[] centred, float[] whitened, float[] spread) {
        double plainDeviation = Math.sqrt(Vectors.dot(centred, spread));
        // C·(C + εI)⁻¹·d = d − ε·(C + εI)⁻¹·d: no product needed
        double whitenedDeviation = Math.sqrt(Vectors.dot(whitened, Vectors.plusScaled(centred, -ridge, whitened)));
        if (isPositive(plainDeviation) == false || isPositive(whitenedDeviation) == false) {
            return new Lengths(1, 0);
        }
        // the variance of a sum of two of variance 1 each is 2 + 2·covariance
        double covarianceOfBoth = Vectors.dot(whitened, spread) / (plainDeviation * whitenedDeviation);
        double length = 1 / Math.sqrt(2 + 2 * covarianceOfBoth);
        return new Lengths(length / plainDeviation, length / whitenedDeviation);
    }

    private static boolean isPositive(double deviation) {
        return deviation > 0 && Double.isFinite(deviation);
    }

    /** q / σ(q); q itself if items do not vary along it, as in a degenerate catalogue. */
    public float[] standardised(float[] q) {
        double variance = Vectors.dot(q, covariance.times(q));
        return variance > 0 ? Vectors.scaled(q, 1 / Math.sqrt(variance)) : q;
    }

    /** The dot product of a direction with the catalogue's mean: the value of the average item. */
    public double bias(float[] direction) {
        return Vectors.dot(direction, itemMean);
    }
}
