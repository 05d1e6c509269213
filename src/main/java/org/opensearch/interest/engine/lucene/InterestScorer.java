package org.opensearch.interest.engine.lucene;

import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TwoPhaseIterator;
import org.opensearch.interest.core.ranking.RelevanceBlend;

import java.io.IOException;

/** Scorer that follows the inner scorer and reads a vector only when a score is requested. */
final class InterestScorer extends Scorer {
    private final Scorer inner;
    private final ItemInterest interest;
    private final RelevanceBlend blend;
    private final float boost;
    private int scored = -1;
    private float score;

    InterestScorer(Scorer inner, ItemInterest interest, RelevanceBlend blend, float boost) {
        this.inner = inner;
        this.interest = interest;
        this.blend = blend;
        this.boost = boost;
    }

    @Override
    public float score() throws IOException {
        int doc = inner.docID();
        if (doc != scored) {
            float relevance = blend.needsRelevance() ? inner.score() : 0f;
            score = boost * blend.combine(relevance, interest.score(doc));
            scored = doc;
        }
        return score;
    }

    @Override
    public int docID() {
        return inner.docID();
    }

    @Override
    public DocIdSetIterator iterator() {
        return inner.iterator();
    }

    @Override
    public TwoPhaseIterator twoPhaseIterator() {
        return inner.twoPhaseIterator();
    }

    @Override
    public int advanceShallow(int target) throws IOException {
        return blend.needsRelevance() ? inner.advanceShallow(target) : DocIdSetIterator.NO_MORE_DOCS;
    }

    /** An upper bound: the interest score is at most 1, and the blend is increasing in relevance and in interest. */
    @Override
    public float getMaxScore(int upTo) throws IOException {
        float relevance = blend.needsRelevance() ? inner.getMaxScore(upTo) : 0f;
        return boost * blend.combine(relevance, 1f);
    }
}
