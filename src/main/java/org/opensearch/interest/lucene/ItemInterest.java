package org.opensearch.interest.lucene;

import org.apache.lucene.index.LeafReader;
import org.apache.lucene.util.VectorUtil;
import org.opensearch.interest.ranking.InterestFunction;
import org.opensearch.interest.vector.Vectors;

import java.io.IOException;

/**
 * The interest score of one segment's documents, read forward: every direction is held against a vector while it lies in the
 * cache, and nothing is allocated per document. Not thread-safe.
 */
public final class ItemInterest {
    private final InterestFunction function;
    private final float[][] directions;
    private final float[] dots;
    private final ItemVectors vectors;

    private ItemInterest(InterestFunction function, ItemVectors vectors) {
        this.function = function;
        this.directions = function.directions().toArray(float[][]::new);
        this.dots = new float[directions.length];
        this.vectors = vectors;
    }

    /** Fails where the segment's vectors have another number of dimensions than the function's directions. */
    public static ItemInterest of(LeafReader reader, String field, InterestFunction function) throws IOException {
        return new ItemInterest(function, ItemVectors.of(reader, field, function.dimension()));
    }

    /**
     * @param doc not before the document of the call before
     * @return in [0,1]; neutral where the document has no vector, or one without a direction
     */
    public float score(int doc) throws IOException {
        return read(doc) ? function.score(dots) : InterestFunction.NEUTRAL;
    }

    /** @return the dot products behind the score; null where there are none. Valid until the next call. */
    float[] dots(int doc) throws IOException {
        return read(doc) ? dots : null;
    }

    private boolean read(int doc) throws IOException {
        float[] vector = vectors == null ? null : vectors.vector(doc);
        if (vector == null) {
            return false;
        }
        if (vectors.unitLength()) {
            multiply(vector, 1f);
            return true;
        }
        float squared = VectorUtil.dotProduct(vector, vector);
        if (squared >= Float.MIN_NORMAL && squared < Float.POSITIVE_INFINITY) {
            multiply(vector, (float) (1 / Math.sqrt(squared)));
            return true;
        }
        return multiplyExtreme(vector);
    }

    private void multiply(float[] vector, float scale) {
        for (int i = 0; i < directions.length; i++) {
            dots[i] = scale * VectorUtil.dotProduct(directions[i], vector);
        }
    }

    /** A vector whose squared length is beyond a float's range is either zero or wants the slower arithmetic in double. */
    private boolean multiplyExtreme(float[] vector) {
        double norm = Vectors.norm(vector);
        if ((norm > 0 && norm < Double.POSITIVE_INFINITY) == false) {
            return false;
        }
        for (int i = 0; i < directions.length; i++) {
            dots[i] = (float) (Vectors.dot(directions[i], vector) / norm);
        }
        return true;
    }
}
