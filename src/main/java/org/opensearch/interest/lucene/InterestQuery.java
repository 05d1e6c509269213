package org.opensearch.interest.lucene;

import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Weight;
import org.opensearch.interest.ranking.Blend;
import org.opensearch.interest.ranking.InterestFunction;

import java.io.IOException;
import java.util.Objects;

/**
 * Matches what the inner query matches and scores each match exactly, by the blend of the inner query's score with the interest
 * score of the item's vector. Immutable and thread-safe.
 */
public final class InterestQuery extends Query {
    private final Query inner;
    private final String field;
    private final InterestFunction function;
    private final Blend blend;

    /** @param field of the item vectors; documents without one are neutral */
    public InterestQuery(Query inner, String field, InterestFunction function, Blend blend) {
        this.inner = Objects.requireNonNull(inner, "inner");
        this.field = Objects.requireNonNull(field, "field");
        this.function = Objects.requireNonNull(function, "function");
        this.blend = Objects.requireNonNull(blend, "blend");
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
        return rewritten == inner ? this : new InterestQuery(rewritten, field, function, blend);
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) throws IOException {
        if (scoreMode.needsScores() == false) {
            return inner.createWeight(searcher, scoreMode, boost);
        }
        // All matches, even for the best few only: an inner score says nothing of the blended one. The boost is applied once, at the end.
        ScoreMode innerMode = blend.needsRelevance() ? ScoreMode.COMPLETE : ScoreMode.COMPLETE_NO_SCORES;
        return new InterestWeight(this, inner.createWeight(searcher, innerMode, 1f), boost);
    }

    boolean scoresAllByInterestAlone() {
        return inner instanceof MatchAllDocsQuery && blend.needsRelevance() == false;
    }

    String field() {
        return field;
    }

    InterestFunction function() {
        return function;
    }

    Blend blend() {
        return blend;
    }

    @Override
    public void visit(QueryVisitor visitor) {
        inner.visit(visitor.getSubVisitor(BooleanClause.Occur.MUST, this));
    }

    @Override
    public String toString(String defaultField) {
        return "interest(" + inner.toString(defaultField) + ", field=" + field + ", weight=" + blend.weight() + ")";
    }

    @Override
    public boolean equals(Object other) {
        return sameClassAs(other)
            && inner.equals(((InterestQuery) other).inner)
            && field.equals(((InterestQuery) other).field)
            && function.equals(((InterestQuery) other).function)
            && blend.equals(((InterestQuery) other).blend);
    }

    @Override
    public int hashCode() {
        return Objects.hash(classHash(), inner, field, function, blend);
    }
}
