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
 * How much a few of one segment's items interest, in one go: their vectors are multiplied where they lie, off the heap
 * and without being copied, and all directions meet one batch while it is in the nearest cache. Lucene tells its
 * products as scores, and adds them up in another order; so interest may differ from {@link ItemInterest}'s in the last
 * bits, by less than 1e-6. Not thread-safe.
 */
final class BatchInterest {
    /** 16 vectors of 384 floats are 24 KB: half of a processor's first cache. */
    static final int SIZE = 16;
    /** Squared lengths between which Lucene's scores lose nothing of a product that matters. */
    private static final float LEAST = 0.25f;
    private static final float MOST = 1e12f;

    private final InterestFunction function;
    /** One a direction, which is brought to unit length. */
    private final RandomVectorScorer[] scorers;
    private final float[] lengths;
    private final float[][] dots;
    /** Tells how long vectors are; null where all are of unit length. */
    private final RandomVectorScorer measure;
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
        // of the full vectors, where a format keeps quantized ones as well
        FlatVectorsScorer flat = FlatVectorScorerUtil.getLucene99FlatVectorsScorer();
        // a score of DOT_PRODUCT ends at 0, which only unit vectors stay above
        VectorSimilarityFunction product = unit ? VectorSimilarityFunction.DOT_PRODUCT
            : VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT;
        for (int i = 0; i < scorers.length; i++) {
            lengths[i] = (float) Vectors.norm(directions.get(i));
            scorers[i] = flat.getRandomVectorScorer(product, values.copy(), Vectors.unit(directions.get(i)));
        }
        float[] origin = new float[function.dimension()];
        measure = unit ? null : flat.getRandomVectorScorer(VectorSimilarityFunction.EUCLIDEAN, values.copy(), origin);
    }

    /**
     * @return null where one by one is as fast, or the only way: the vectors do not lie in a file as they are, or a
     *         direction is zero
     */
    static BatchInterest of(
        LeafReader reader, String field, FloatVectorValues values, InterestFunction function, BoostedItems known
    ) throws IOException {
        if (values instanceof HasIndexSlice == false
            || function.directions().stream().anyMatch(direction -> Vectors.norm(direction) == 0)) {
            return null;
        }
        boolean unit = ItemVectors.areUnit(reader, field);
        // the branch on an inner product's sign, inside Lucene, costs as much as batches gain
        if (unit == false && function.directions().size() > 1) {
            return null;
        }
        return new BatchInterest(values, unit, function, unit ? null : ItemInterest.of(reader, field, function, known));
    }

    /**
     * @param docs     of the items, rising from call to call
     * @param ordinals of their vectors
     * @param adds     what more speaks for each than its vector, as {@link InterestFunction#score(float[], float)}
     *                 wants it
     * @param size     how many, at most {@link #SIZE}
     * @param into     receives the interest in each
     */
    void score(int[] docs, int[] ordinals, float[] adds, int size, float[] into) throws IOException {
        for (int i = 0; i < scorers.length; i++) {
            scorers[i].bulkScore(ordinals, dots[i], size);
        }
        if (measure == null) {
            for (int i = 0; i < scorers.length; i++) {
                productsOfUnits(dots[i], lengths[i], size);
            }
            function.scores(dots, adds, size, into);
            return;
        }
        measure.bulkScore(ordinals, squares, size);
        for (int n = 0; n < size; n++) {
            // back from 1 / (1 + distance²), to the origin
            squares[n] = 1 / squares[n] - 1;
            scales[n] = 1 / (float) Math.sqrt(squares[n]);
        }
        for (int i = 0; i < scorers.length; i++) {
            products(dots[i], lengths[i], size);
        }
        function.scores(dots, adds, size, into);
        for (int n = 0; n < size; n++) {
            if ((squares[n] >= LEAST && squares[n] <= MOST) == false) {
                into[n] = oneByOne.score(docs[n]);
            }
        }
    }

    /** Back from Lucene's score of a dot product of unit vectors, (1 + dot) / 2. */
    private static void productsOfUnits(float[] scores, float length, int size) {
        for (int n = 0; n < size; n++) {
            scores[n] = length * (2 * scores[n] - 1);
        }
    }

    /**
     * Back from Lucene's score of an inner product: 1 + dot where that is above 1, else 1 / (1 − dot). No branch, since
     * signs are chance.
     */
    private void products(float[] scores, float length, int size) {
        for (int n = 0; n < size; n++) {
            float dot = Math.max(scores[n], 1f) - 1f / Math.min(scores[n], 1f);
            scores[n] = length * scales[n] * dot;
        }
    }
}
