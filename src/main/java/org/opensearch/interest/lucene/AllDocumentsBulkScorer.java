package org.opensearch.interest.lucene;

import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.search.BulkScorer;
import org.apache.lucene.search.DocAndFloatFeatureBuffer;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.VectorScorer;
import org.apache.lucene.util.Bits;
import org.opensearch.interest.ranking.InterestFunction;
import org.opensearch.interest.vector.Vectors;

import java.io.IOException;
import java.util.List;

/**
 * Interest alone over every document of a segment: Lucene scores vectors in batches where they lie, off the heap, several at a
 * time and without copying them, and all directions score one batch while it is in the cache. About a third faster than document
 * by document, which is why this one case has a path of its own. Lucene adds a batch's products up in another order, so scores
 * may differ from the other path's in the last bits, by less than 1e-6. Not thread-safe.
 */
final class AllDocumentsBulkScorer extends BulkScorer {
    private final InterestFunction function;
    private final VectorScorer[] scorers;
    private final VectorScorer.Bulk[] bulks;
    private final DocAndFloatFeatureBuffer[] batches;
    private final float[] lengths;
    private final float[] dots;
    private final int maxDoc;
    private final float boost;

    private AllDocumentsBulkScorer(FloatVectorValues values, int maxDoc, InterestFunction function, float boost) throws IOException {
        List<float[]> directions = function.directions();
        this.function = function;
        this.maxDoc = maxDoc;
        this.boost = boost;
        this.scorers = new VectorScorer[directions.size()];
        this.bulks = new VectorScorer.Bulk[scorers.length];
        this.batches = new DocAndFloatFeatureBuffer[scorers.length];
        this.lengths = new float[scorers.length];
        this.dots = new float[scorers.length];
        for (int i = 0; i < scorers.length; i++) {
            lengths[i] = (float) Vectors.norm(directions.get(i));
            // the full vectors, where a format keeps quantized ones as well
            scorers[i] = values.rescorer(Vectors.unit(directions.get(i)));
            batches[i] = new DocAndFloatFeatureBuffer();
        }
    }

    /** @return null where the segment's vectors are not known to be of unit length, or there are none */
    static BulkScorer of(LeafReader reader, String field, InterestFunction function, float boost) throws IOException {
        FloatVectorValues values = ItemVectors.unitValues(reader, field, function.dimension());
        if (values == null || function.directions().stream().anyMatch(direction -> Vectors.norm(direction) == 0)) {
            return null;
        }
        return new AllDocumentsBulkScorer(values, reader.maxDoc(), function, boost);
    }

    @Override
    public int score(LeafCollector collector, Bits acceptDocs, int min, int max) throws IOException {
        Score score = new Score();
        collector.setScorer(score);
        if (min >= maxDoc) {
            return DocIdSetIterator.NO_MORE_DOCS;
        }
        open(min);
        int end = Math.min(max, maxDoc);
        int next = min;
        while (fill(end, acceptDocs) > 0) {
            DocAndFloatFeatureBuffer batch = batches[0];
            for (int i = 0; i < batch.size; i++) {
                int doc = batch.docs[i];
                if (doc >= min) {
                    neutral(next, doc, acceptDocs, collector, score);
                    score.value = boost * interest(i);
                    if (score.value >= score.competitive) {
                        collector.collect(doc);
                    }
                    next = doc + 1;
                }
            }
        }
        neutral(next, end, acceptDocs, collector, score);
        return max >= maxDoc ? DocIdSetIterator.NO_MORE_DOCS : max;
    }

    private void open(int min) throws IOException {
        for (int i = 0; i < bulks.length && bulks[i] == null; i++) {
            bulks[i] = scorers[i].bulk(min == 0 ? null : DocIdSetIterator.range(min, maxDoc));
        }
    }

    /** @return how many documents the batch holds: the same ones for each direction; 0 where none is left before the end */
    private int fill(int end, Bits acceptDocs) throws IOException {
        for (int i = 0; i < bulks.length; i++) {
            bulks[i].nextDocsAndScores(end, acceptDocs, batches[i]);
        }
        return batches[0].size;
    }

    private float interest(int i) {
        for (int j = 0; j < dots.length; j++) {
            // back from Lucene's score of a dot product of unit vectors, (1 + dot) / 2
            dots[j] = lengths[j] * (2 * batches[j].features[i] - 1);
        }
        return function.score(dots);
    }

    /** Documents between two vectors have none. */
    private void neutral(int from, int to, Bits acceptDocs, LeafCollector collector, Score score) throws IOException {
        score.value = boost * InterestFunction.NEUTRAL;
        for (int doc = from; doc < to; doc++) {
            if (acceptDocs == null || acceptDocs.get(doc)) {
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
