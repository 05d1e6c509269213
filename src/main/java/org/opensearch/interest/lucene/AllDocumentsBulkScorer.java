package org.opensearch.interest.lucene;

import org.apache.lucene.codecs.hnsw.FlatVectorScorerUtil;
import org.apache.lucene.codecs.hnsw.FlatVectorsScorer;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues.DocIndexIterator;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.BulkScorer;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.hnsw.RandomVectorScorer;
import org.opensearch.interest.ranking.InterestFunction;
import org.opensearch.interest.vector.Vectors;

import java.io.IOException;
import java.util.List;

/**
 * Interest alone over every document of a segment, in one pass: vectors are scored in batches where they lie, off the heap and
 * without being copied, and all directions score one batch while it is in the nearest cache. About a third faster than document by
 * document, which is why this one case has a path of its own. Lucene adds a batch's products up in another order, so scores may
 * differ from the other path's in the last bits, by less than 1e-6. Allocates nothing a document. Not thread-safe.
 */
final class AllDocumentsBulkScorer extends BulkScorer {
    /** 16 vectors of 384 floats are 24 KB: half of a processor's first cache. */
    private static final int BATCH = 16;

    private final InterestFunction function;
    private final DocIndexIterator documents;
    private final RandomVectorScorer[] scorers;
    private final float[] lengths;
    private final float[] dots;
    private final int maxDoc;
    private final KnownDocuments known;
    private final float boost;

    private final int[] docs = new int[BATCH];
    private final int[] ordinals = new int[BATCH];
    private final float[][] features;

    private AllDocumentsBulkScorer(FloatVectorValues values, int maxDoc, InterestFunction function, KnownDocuments known, float boost)
        throws IOException {
        List<float[]> directions = function.directions();
        this.function = function;
        this.maxDoc = maxDoc;
        this.known = known;
        this.boost = boost;
        this.documents = values.iterator();
        this.scorers = new RandomVectorScorer[directions.size()];
        this.lengths = new float[scorers.length];
        this.dots = new float[scorers.length];
        this.features = new float[scorers.length][BATCH];
        // of the full vectors, where a format keeps quantized ones as well
        FlatVectorsScorer flat = FlatVectorScorerUtil.getLucene99FlatVectorsScorer();
        for (int i = 0; i < scorers.length; i++) {
            lengths[i] = (float) Vectors.norm(directions.get(i));
            scorers[i] = flat.getRandomVectorScorer(VectorSimilarityFunction.DOT_PRODUCT, values.copy(), Vectors.unit(directions.get(i)));
        }
    }

    /** @return null where the segment's vectors are not known to be of unit length, or there are none */
    static BulkScorer of(LeafReader reader, String field, InterestFunction function, KnownItems known, float boost) throws IOException {
        FloatVectorValues values = ItemVectors.unitValues(reader, field, function.dimension());
        if (values == null || function.directions().stream().anyMatch(direction -> Vectors.norm(direction) == 0)) {
            return null;
        }
        return new AllDocumentsBulkScorer(values, reader.maxDoc(), function, KnownDocuments.of(reader, known), boost);
    }

    @Override
    public int score(LeafCollector collector, Bits acceptDocs, int min, int max) throws IOException {
        Score score = new Score();
        collector.setScorer(score);
        int end = Math.min(max, maxDoc);
        int next = min;
        if (documents.docID() < min) {
            documents.advance(min);
        }
        for (int size = fill(end, acceptDocs); size > 0; size = fill(end, acceptDocs)) {
            for (int i = 0; i < scorers.length; i++) {
                scorers[i].bulkScore(ordinals, features[i], size);
            }
            for (int i = 0; i < size; i++) {
                withoutVector(next, docs[i], acceptDocs, collector, score);
                score.value = boost * interest(i);
                if (score.value >= score.competitive) {
                    collector.collect(docs[i]);
                }
                next = docs[i] + 1;
            }
        }
        withoutVector(next, end, acceptDocs, collector, score);
        return max >= maxDoc ? DocIdSetIterator.NO_MORE_DOCS : max;
    }

    /** @return how many documents the batch holds; 0 where none is left before the end */
    private int fill(int end, Bits acceptDocs) throws IOException {
        int size = 0;
        int doc = documents.docID();
        for (; size < BATCH && doc < end; doc = documents.nextDoc()) {
            if (acceptDocs == null || acceptDocs.get(doc)) {
                docs[size] = doc;
                ordinals[size++] = documents.index();
            }
        }
        return size;
    }

    private float interest(int i) {
        for (int j = 0; j < dots.length; j++) {
            // back from Lucene's score of a dot product of unit vectors, (1 + dot) / 2
            dots[j] = lengths[j] * (2 * features[j][i] - 1);
        }
        return function.score(dots, known.sum(docs[i]));
    }

    /** Documents between two vectors have none. */
    private void withoutVector(int from, int to, Bits acceptDocs, LeafCollector collector, Score score) throws IOException {
        for (int doc = from; doc < to; doc++) {
            if (acceptDocs == null || acceptDocs.get(doc)) {
                score.value = boost * function.score(null, known.sum(doc));
                collector.collect(doc);
            }
        }
    }

    @Override
    public long cost() {
        return maxDoc;
    }

    private static final class Score extends Scorable {
        private float value;
        private float competitive;

        @Override
        public float score() {
            return value;
        }

        @Override
        public void setMinCompetitiveScore(float minScore) {
            competitive = minScore;
        }
    }
}
