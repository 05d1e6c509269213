package org.opensearch.interest.engine.lucene;

import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.BulkScorer;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Matches;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.opensearch.interest.core.ranking.InterestFunction;
import org.opensearch.interest.core.ranking.RelevanceBlend;

import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * Query that matches the documents of the inner query and scores each match exactly, by a blend of the inner query's
 * score with the interest score of the item. Immutable and thread-safe.
 */
public final class InterestQuery extends Query {
    private final Query inner;
    private final List<VectorField> fields;
    private final InterestFunction function;
    private final RelevanceBlend blend;
    private final BoostedItems boosted;

    /** @param field the field of the item vectors; a document without a vector has a neutral interest score */
    public InterestQuery(Query inner, String field, InterestFunction function, RelevanceBlend blend) {
        this(inner, List.of(VectorField.of(field)), function, blend);
    }

    /**
     * @param fields the fields of the item vectors, at least one, whose shares sum up to 1; a field without a vector
     *               counts as neutral
     */
    public InterestQuery(Query inner, List<VectorField> fields, InterestFunction function, RelevanceBlend blend) {
        this(inner, fields, function, blend, BoostedItems.NONE);
    }

    /** @param boosted the items of the function's {@link InterestFunction#boosts}, by id term of the index */
    public InterestQuery(
        Query inner, List<VectorField> fields, InterestFunction function, RelevanceBlend blend, BoostedItems boosted
    ) {
        this.inner = Objects.requireNonNull(inner, "inner");
        this.fields = List.copyOf(fields);
        this.function = Objects.requireNonNull(function, "function");
        this.blend = Objects.requireNonNull(blend, "blend");
        this.boosted = Objects.requireNonNull(boosted, "known");
    }

    @Override
    public Query rewrite(IndexSearcher searcher) throws IOException {
        if (blend.needsInterest() == false) {
            return inner;
        }
        Query rewritten = inner.rewrite(searcher);
        if (rewritten instanceof MatchNoDocsQuery) {
            return rewritten;
        }
        if (blend.needsRelevance() == false && rewritten instanceof BoostQuery boosted) {
            rewritten = boosted.getQuery();
        }
        return rewritten == inner ? this : new InterestQuery(rewritten, fields, function, blend, boosted);
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) throws IOException {
        if (scoreMode.needsScores() == false) {
            return inner.createWeight(searcher, scoreMode, boost);
        }
        // All matches are scored, even for a top-k search, because an inner score does not bound the blended score. The
        // boost is applied once, at the end.
        ScoreMode innerMode = blend.needsRelevance() ? ScoreMode.COMPLETE : ScoreMode.COMPLETE_NO_SCORES;
        return new InterestWeight(this, inner.createWeight(searcher, innerMode, 1f), boost);
    }

    /**
     * Returns true if all documents are scored by item boosts and by their own vectors in one field, and by nothing
     * else.
     */
    boolean scoresAllByInterestAlone() {
        return inner instanceof MatchAllDocsQuery && blend.needsRelevance() == false && fields.size() == 1
            && fields.get(0).parents() == null;
    }

    List<VectorField> fields() {
        return fields;
    }

    InterestFunction function() {
        return function;
    }

    RelevanceBlend blend() {
        return blend;
    }

    BoostedItems boosted() {
        return boosted;
    }

    @Override
    public void visit(QueryVisitor visitor) {
        inner.visit(visitor.getSubVisitor(BooleanClause.Occur.MUST, this));
    }

    @Override
    public String toString(String defaultField) {
        return "interest(" + inner.toString(defaultField) + ", fields="
            + fields.stream().map(VectorField::name).toList() + ", weight=" + blend.weight() + ")";
    }

    @Override
    public boolean equals(Object other) {
        return sameClassAs(other) && inner.equals(((InterestQuery) other).inner)
            && fields.equals(((InterestQuery) other).fields) && function.equals(((InterestQuery) other).function)
            && blend.equals(((InterestQuery) other).blend) && boosted.equals(((InterestQuery) other).boosted);
    }

    @Override
    public int hashCode() {
        return Objects.hash(classHash(), inner, fields, function, blend, boosted);
    }

    /** Creates one segment's scorers on top of those of the inner query. */
    private static final class InterestWeight extends Weight {
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
            Explanation blended = new InterestExplanation(query.fields(), query.function(), query.blend())
                .of(relevance, open(context), doc);
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
            return ItemInterest.of(context, query.fields(), query.function(), query.boosted());
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

            /** Delegates to the inner query's bulk scorer, which may be much faster than its iterator. */
            @Override
            public BulkScorer bulkScorer() throws IOException {
                if (query.scoresAllByInterestAlone()) {
                    BulkScorer all = AllDocumentsBulkScorer
                        .of(context.reader(), query.fields().get(0).name(), query.function(), query.boosted(), boost);
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
}
