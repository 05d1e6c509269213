package org.opensearch.interest.engine.lucene;

import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.BulkScorer;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.Matches;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;

import java.io.IOException;

/** Opens one segment's scorers over the inner query's. */
final class InterestWeight extends Weight {
    private final InterestQuery query;
    private final Weight inner;
    private final float boost;

    InterestWeight(InterestQuery query, Weight inner, float boost) {
        super(query);
        this.query = query;
        this.inner = inner;
        this.boost = boost;
    }

    @Override
    public ScorerSupplier scorerSupplier(LeafReaderContext context) throws IOException {
        ScorerSupplier supplier = inner.scorerSupplier(context);
        return supplier == null ? null : new Supplier(context, supplier);
    }

    @Override
    public Explanation explain(LeafReaderContext context, int doc) throws IOException {
        Explanation relevance = inner.explain(context, doc);
        if (relevance.isMatch() == false) {
            return relevance;
        }
        Explanation blended = new InterestExplanation(query.fields(), query.function(), query.blend()).of(relevance, open(context), doc);
        if (boost == 1f) {
            return blended;
        }
        float score = boost * blended.getValue().floatValue();
        return Explanation.match(score, "personal score, product of:", Explanation.match(boost, "boost"), blended);
    }

    @Override
    public Matches matches(LeafReaderContext context, int doc) throws IOException {
        return inner.matches(context, doc);
    }

    @Override
    public int count(LeafReaderContext context) throws IOException {
        return inner.count(context);
    }

    @Override
    public boolean isCacheable(LeafReaderContext context) {
        return inner.isCacheable(context);
    }

    private ItemInterest open(LeafReaderContext context) throws IOException {
        return ItemInterest.of(context, query.fields(), query.function(), query.known());
    }

    private final class Supplier extends ScorerSupplier {
        private final LeafReaderContext context;
        private final ScorerSupplier supplier;

        Supplier(LeafReaderContext context, ScorerSupplier supplier) {
            this.context = context;
            this.supplier = supplier;
        }

        @Override
        public Scorer get(long leadCost) throws IOException {
            return new InterestScorer(supplier.get(leadCost), open(context), query.blend(), boost);
        }

        /** The inner query's own bulk scorer may be much faster than its iterator. */
        @Override
        public BulkScorer bulkScorer() throws IOException {
            if (query.scoresAllByInterestAlone()) {
                BulkScorer all = AllDocumentsBulkScorer.of(context.reader(), query.fields().get(0).name(), query.function(), query.known(), boost);
                if (all != null) {
                    return all;
                }
            }
            BulkScorer bulk = supplier.bulkScorer();
            return bulk == null ? null : new InterestBulkScorer(bulk, open(context), query.blend(), boost);
        }

        @Override
        public long cost() {
            return supplier.cost();
        }

        @Override
        public void setTopLevelScoringClause() throws IOException {
            supplier.setTopLevelScoringClause();
        }
    }
}
