package org.opensearch.interest.engine.lucene;

import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Weight;
import org.opensearch.interest.core.ranking.InterestFunction;
import org.opensearch.interest.core.ranking.RelevanceBlend;

import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * Matches what the inner query matches and scores each match exactly, by the blend of the inner query's score with the interest
 * score of the item's vector. Immutable and thread-safe.
 */
public final class InterestQuery extends Query {
    private final Query inner;
    private final List<VectorField> fields;
    private final InterestFunction function;
    private final RelevanceBlend blend;
    private final BoostedItems known;

    /** @param field of the item vectors; documents without one are neutral */
    public InterestQuery(Query inner, String field, InterestFunction function, RelevanceBlend blend) {
        this(inner, List.of(VectorField.of(field)), function, blend);
    }

    /** @param fields of the item vectors, at least one, whose shares sum up to 1; a field without a vector is neutral */
    public InterestQuery(Query inner, List<VectorField> fields, InterestFunction function, RelevanceBlend blend) {
        this(inner, fields, function, blend, BoostedItems.NONE);
    }

    /** @param known the items of the function's {@link InterestFunction#parts}, as the index knows them */
    public InterestQuery(Query inner, List<VectorField> fields, InterestFunction function, RelevanceBlend blend, BoostedItems known) {
        this.inner = Objects.requireNonNull(inner, "inner");
        this.fields = List.copyOf(fields);
        this.function = Objects.requireNonNull(function, "function");
        this.blend = Objects.requireNonNull(blend, "blend");
        this.known = Objects.requireNonNull(known, "known");
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
        return rewritten == inner ? this : new InterestQuery(rewritten, fields, function, blend, known);
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

    /** Whether all documents are scored, by nothing but what speaks for each and its own vector in one field. */
    boolean scoresAllByInterestAlone() {
        return inner instanceof MatchAllDocsQuery && blend.needsRelevance() == false && fields.size() == 1 && fields.get(0).parents() == null;
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

    BoostedItems known() {
        return known;
    }

    @Override
    public void visit(QueryVisitor visitor) {
        inner.visit(visitor.getSubVisitor(BooleanClause.Occur.MUST, this));
    }

    @Override
    public String toString(String defaultField) {
        return "interest(" + inner.toString(defaultField) + ", fields=" + fields.stream().map(VectorField::name).toList() + ", weight="
            + blend.weight() + ")";
    }

    @Override
    public boolean equals(Object other) {
        return sameClassAs(other)
            && inner.equals(((InterestQuery) other).inner)
            && fields.equals(((InterestQuery) other).fields)
            && function.equals(((InterestQuery) other).function)
            && blend.equals(((InterestQuery) other).blend)
            && known.equals(((InterestQuery) other).known);
    }

    @Override
    public int hashCode() {
        return Objects.hash(classHash(), inner, fields, function, blend, known);
    }
}
