package org.opensearch.interest.core.ranking;

import org.opensearch.interest.core.vector.Vectors;

import java.util.Arrays;

/**
 * One interest in the form that scores unit item vectors x: z(x) = direction · x − bias is the number of standard
 * deviations of the catalogue by which the item is closer to this interest than the catalogue's average item.
 *
 * @param direction finite; its length is set by the standardisation
 * @param bias      finite; direction · (the catalogue's mean)
 * @param share     in (0,1]: the weight of this topic among the user's topics, see {@link TopicWeights}
 */
public record ScoringDirection(float[] direction, float bias, float share) {
    /** A direction with a share of 1. */
    public ScoringDirection(float[] direction, float bias) {
        this(direction, bias, 1f);
    }

    public ScoringDirection {
        Vectors.requireFinite("direction", direction);
        if (Float.isFinite(bias) == false) {
            throw new IllegalArgumentException("bias must be finite, but is [" + bias + "]");
        }
        if ((share > 0f && share <= 1f) == false) {
            throw new IllegalArgumentException("share must be in (0,1], but is [" + share + "]");
        }
    }

    /** @param dot {@link #direction} · x */
    public float z(float dot) {
        return dot - bias;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScoringDirection that && Float.compare(bias, that.bias) == 0
            && Float.compare(share, that.share) == 0 && Arrays.equals(direction, that.direction);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(direction) + Float.hashCode(bias)) + Float.hashCode(share);
    }

    @Override
    public String toString() {
        return "ScoringDirection[" + direction.length + " dimensions, bias=" + bias + ", share=" + share + "]";
    }
}
