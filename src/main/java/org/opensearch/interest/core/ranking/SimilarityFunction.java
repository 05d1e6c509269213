package org.opensearch.interest.core.ranking;

import org.opensearch.interest.core.vector.Vectors;

import java.util.Arrays;
import java.util.List;

/**
 * Ranks by similarity to a given vector: (1 + cosine) / 2, as k-NN scores cosine similarity.
 *
 * @param direction of unit length
 */
public record SimilarityFunction(float[] direction) implements InterestFunction {
    public SimilarityFunction {
        Vectors.requireUnit("direction", direction);
    }

    /** @param vector finite and not zero; its length does not matter */
    public static SimilarityFunction to(float[] vector) {
        return new SimilarityFunction(Vectors.unit(vector));
    }

    @Override
    public List<float[]> directions() {
        return List.of(direction);
    }

    @Override
    public float score(float[] dots) {
        return score(dots[0]);
    }

    @Override
    public void scores(float[][] dots, float[] boosts, int size, float[] into) {
        for (int n = 0; n < size; n++) {
            into[n] = score(dots[0][n]);
        }
    }

    /** The score is clamped, because rounding can make a cosine a few ulps larger than one. */
    private static float score(float cosine) {
        return Math.clamp((1f + cosine) / 2f, 0f, 1f);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SimilarityFunction that && Arrays.equals(direction, that.direction);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(direction);
    }

    @Override
    public String toString() {
        return "SimilarityFunction[" + direction.length + " dimensions]";
    }
}
