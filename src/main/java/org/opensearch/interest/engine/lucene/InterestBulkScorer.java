package org.opensearch.interest.engine.lucene;

import org.apache.lucene.search.BulkScorer;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.util.Bits;
import org.opensearch.interest.core.ranking.RelevanceBlend;

import java.io.IOException;

/** Bulk scorer that runs the inner query's bulk scorer and replaces the score that the collector reads. */
final class InterestBulkScorer extends BulkScorer {
    private final BulkScorer inner;
    private final ItemInterest interest;
    private final RelevanceBlend blend;
    private final float boost;

    InterestBulkScorer(BulkScorer inner, ItemInterest interest, RelevanceBlend blend, float boost) {
        this.inner = inner;
        this.interest = interest;
        this.blend = blend;
        this.boost = boost;
    }

    @Override
    public int score(LeafCollector collector, Bits acceptDocs, int min, int max) throws IOException {
        return inner.score(new Blending(collector), acceptDocs, min, max);
    }

    @Override
    public long cost() {
        return inner.cost();
    }

    /** Holds the current document, because a {@code Scorable} does not expose it. */
    private final class Blending extends Scorable implements LeafCollector {
        private final LeafCollector collector;
        private Scorable relevance;
        private int doc = -1;
        private int scored = -1;
        private float score;

        Blending(LeafCollector collector) {
            this.collector = collector;
        }

        @Override
        public void setScorer(Scorable scorer) throws IOException {
            relevance = scorer;
            collector.setScorer(this);
        }

        @Override
        public void collect(int document) throws IOException {
            doc = document;
            collector.collect(document);
        }

        @Override
        public float score() throws IOException {
            if (doc != scored) {
                float inner = blend.needsRelevance() ? relevance.score() : 0f;
                score = boost * blend.combine(inner, interest.score(doc));
                scored = doc;
            }
            return score;
        }

        @Override
        public DocIdSetIterator competitiveIterator() throws IOException {
            return collector.competitiveIterator();
        }

        @Override
        public void finish() throws IOException {
            collector.finish();
        }
    }
}
