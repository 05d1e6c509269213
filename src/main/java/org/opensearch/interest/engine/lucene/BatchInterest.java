package org.opensearch.interest.engine.lucene;

import org.apache.lucene.codecs.hnsw.FlatVectorScorerUtil;
import org.apache.lucene.codecs.hnsw.FlatVectorsScorer;
import org.apache.lucene.codecs.lucene95.HasIndexSlice;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.hnsw.RandomVectorScorer;
import org.opensearch.interest.core.ranking.InterestFunction;
import org.opensearch.interest.core.vector.Vectors;

import java.io.IOException;
import java.util.List;

/**
 * Interest scores of a batch of one segment's items. Lucene multiplies the vectors in the mapped file, off the heap and
 * without a copy, and all directions are applied to one batch while it is in the first-level cache. Lucene returns
 * products as scores and adds in another order, so a score may differ from that of {@link ItemInterest} in the last
 * bits, by less than 1e-6. Not thread-safe.
 */
final class BatchInterest {
    /** 16 vectors of 384 floats are 24 KB: half of a processor's first-level cache. */
    static final int SIZE = 16;
    /** Range of squared vector lengths in which Lucene's scores keep enough precision to recover the product. */
    private static final float MIN_SQUARE = 0.25f;
    private static final float MAX_SQUARE = 1e12f;

    private final InterestFunction function;
    /** One scorer for each direction, which is scaled to unit length. */
    private final RandomVectorScorer[] scorers;
    private final float[] lengths;
    private final float[][] dots;
    /** Measures the lengths of vectors; null if all are of unit length. */
    private final RandomVectorScorer lengthScorer;
    private final float[] squares = new float[SIZE];
    private final float[] scales = new float[SIZE];
    private final ItemInterest oneByOne;

    private BatchInterest(FloatVectorValues values, boolean unit, InterestFunction function, ItemInterest oneByOne)
        throws IOException {
        List<float[]> directions = function.directions();
        this.function = function;
        this.oneByOne = oneByOne;
        this.scorers = new RandomVectorScorer[directions.size()];
        this.lengths = new float[scorers.length];
        this.dots = new float[scorers.length][SIZE];
        // Scores the full vectors, even if a format also stores quantized ones.
        FlatVectorsScorer flat = FlatVectorScorerUtil.getLucene99FlatVectorsScorer();
        // A DOT_PRODUCT score is cut off at 0, which only products of unit vectors never reach.
        VectorSimilarityFunction product = unit ? VectorSimilarityFunction.DOT_PRODUCT
            : VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT;
        for (int i = 0; i < scorers.length; i++) {
            lengths[i] = (float) Vectors.norm(directions.get(i));
            scorers[i] = flat.getRandomVectorScorer(product, values.copy(), Vectors.unit(directions.get(i)));
        }
        float[] origin = new float[function.dimension()];
        lengthScorer = unit ? null
            : flat.getRandomVectorScorer(VectorSimilarityFunction.EUCLIDEAN, values.copy(), origin);
    }

    /**
     * @return null if scoring one by one is as fast or is the only way: the vectors are not stored as plain floats in a
     *         file, or a direction is zero
     */
    static BatchInterest of(
        LeafReader reader, String field, FloatVectorValues values, InterestFunction function, BoostedItems boosted
    ) throws IOException {
        if (values instanceof HasIndexSlice == false
            || function.directions().stream().anyMatch(direction -> Vectors.norm(direction) == 0)) {
            return null;
        }
        boolean unit = ItemVectors.areUnit(reader, field);
        // Inside Lucene, the branch on the sign of an inner product costs as much as batching saves.
        if (unit == false && function.directions().size() > 1) {
            return null;
        }
        return new BatchInterest(
            values, unit, function, unit ? null : ItemInterest.of(reader, field, function, boosted)
        );
    }

    /**
     * @param docs     the items' documents, in ascending order across calls
     * @param ordinals the ordinals of their vectors
     * @param boosts   the item boost of each, as for {@link InterestFunction#score(float[], float)}
     * @param size     the number of items, at most {@link #SIZE}
     * @param into     receives the interest score of each item
     */
    void score(int[] docs, int[] ordinals, float[] boosts, int size, float[] into) throws IOException {
        for (int i = 0; i < scorers.length; i++) {
            scorers[i].bulkScore(ordinals, dots[i], size);
        }
        if (lengthScorer == null) {
            for (int i = 0; i < scorers.length; i++) {
                productsOfUnits(dots[i], lengths[i], size);
            }
            function.scores(dots, boosts, size, into);
            return;
        }
        lengthScorer.bulkScore(ordinals, squares, size);
        for (int n = 0; n < size; n++) {
            // Inverse of Lucene's score 1 / (1 + distance²); the distance is to the origin.
            squares[n] = 1 / squares[n] - 1;
            scales[n] = 1 / (float) Math.sqrt(squares[n]);
        }
        for (int i = 0; i < scorers.length; i++) {
            products(dots[i], lengths[i], size);
        }
        function.scores(dots, boosts, size, into);
        for (int n = 0; n < size; n++) {
            if ((squares[n] >= MIN_SQUARE && squares[n] <= MAX_SQUARE) == false) {
                into[n] = oneByOne.score(docs[n]);
            }
        }
    }

    /** Inverse of Lucene's score of a dot product of unit vectors, (1 + dot) / 2. */
    private static void productsOfUnits(float[] scores, float length, int size) {
        for (int n = 0; n < size; n++) {
            scores[n] = length * (2 * scores[n] - 1);
        }
    }

    /**
     * Inverse of Lucene's score of an inner product: 1 + dot if the score is above 1, else 1 / (1 − dot). Without a
     * branch, because signs are unpredictable.
     */
    private void products(float[] scores, float length, int size) {
        for (int n = 0; n < size; n++) {
            float dot = Math.max(scores[n], 1f) - 1f / Math.min(scores[n], 1f);
            scores[n] = length * scales[n] * dot;
        }
    }
}
