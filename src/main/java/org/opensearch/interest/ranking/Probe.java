package org.opensearch.interest.ranking;

import org.opensearch.interest.vector.Vectors;

import java.util.Arrays;

/**
 * One interest, ready to be held against unit item vectors x: z(x) = direction · x − bias says by how many standard deviations
 * of the catalogue the item is closer to this interest than the catalogue's average item.
 *
 * @param direction finite; its length is set by the standardisation
 * @param bias      finite; direction · (the catalogue's mean)
 */
public record Probe(float[] direction, float bias) {
    public Probe {
        Vectors.requireFinite("direction", direction);
        if (Float.isFinite(bias) == false) {
            throw new IllegalArgumentException("bias must be finite, but is [" + bias + "]");
        }
    }

    /** @param dot {@link #direction} · x */
    public float z(float dot) {
        return dot - bias;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Probe that && Float.compare(bias, that.bias) == 0 && Arrays.equals(direction, that.direction);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(direction) + Float.hashCode(bias);
    }

    @Override
    public String toString() {
        return "Probe[" + direction.length + " dimensions, bias=" + bias + "]";
    }
}
