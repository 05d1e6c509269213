package org.opensearch.interest.engine.lucene;

import org.apache.lucene.index.LeafReader;
import org.apache.lucene.util.BitSet;
import org.apache.lucene.util.VectorUtil;
import org.opensearch.interest.core.ranking.InterestFunction;
import org.opensearch.interest.core.vector.Vectors;

import java.io.IOException;

/** Interest scores of one segment's items by the vectors of one field. Reads forward; not thread-safe. */
final class FieldInterest {
    private final InterestFunction function;
    private final float[][] directions;
    private final float[] dots;
    private final float[] best;
    private final ItemVectors vectors;
    private final BitSet items;

    /**
     * @param vectors null if the segment has none
     * @param items   null if each document is an item; else the documents that are items, each after its nested
     *                documents with vectors
     */
    private FieldInterest(InterestFunction function, ItemVectors vectors, BitSet items) {
        this.function = function;
        this.directions = function.directions().toArray(float[][]::new);
        this.dots = new float[directions.length];
        this.best = new float[directions.length];
        this.vectors = vectors;
        this.items = items;
    }

    static FieldInterest of(LeafReader reader, String field, InterestFunction function, BitSet items)
        throws IOException {
        return new FieldInterest(function, ItemVectors.of(reader, field, function.dimension()), items);
    }

    /**
     * @param boosts the sum of the item's boosts
     * @see ItemInterest#score
     */
    float score(int doc, float boosts) throws IOException {
        return function.score(dots(doc), boosts);
    }

    /** @return the dot products of the score, valid until the next call; null if the document has no vector */
    float[] dots(int doc) throws IOException {
        if (items != null) {
            return bestNested(doc);
        }
        return read(doc) ? dots : null;
    }

    private float[] bestNested(int doc) throws IOException {
        float highest = Float.NEGATIVE_INFINITY;
        int nested = doc == 0 ? 0 : items.prevSetBit(doc - 1) + 1;
        for (; nested < doc; nested++) {
            if (read(nested)) {
                float score = function.score(dots);
                if (score > highest) {
                    highest = score;
                    System.arraycopy(dots, 0, best, 0, dots.length);
                }
            }
        }
        return highest == Float.NEGATIVE_INFINITY ? null : best;
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

    /**
     * Handles a squared length outside a float's range: the vector is either zero or needs slower arithmetic in double.
     */
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
