package org.opensearch.interest.query;

import org.apache.lucene.index.IndexReader;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.index.query.AbstractQueryBuilder;
import org.opensearch.index.query.InnerHitContextBuilder;
import org.opensearch.index.query.MatchNoneQueryBuilder;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.QueryBuilderVisitor;
import org.opensearch.index.query.QueryRewriteContext;
import org.opensearch.index.query.QueryShardContext;
import org.opensearch.index.query.QueryShardException;
import org.opensearch.interest.lucene.Candidates;
import org.opensearch.interest.lucene.InterestQuery;
import org.opensearch.interest.lucene.VectorField;
import org.opensearch.interest.ranking.InterestFunction;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import static org.opensearch.search.SearchService.ALLOW_EXPENSIVE_QUERIES;

/**
 * {@code {"interest":{"tracker":"shop","user":"u42","query":{…},"weight":0.3}}}: what the inner query matches, ranked by the
 * user's interest.
 *
 * <p>The user is resolved once, in the first rewrite on the coordinating node, see {@link PersonalRanking}.
 */
public final class InterestQueryBuilder extends AbstractQueryBuilder<InterestQueryBuilder> {
    public static final String NAME = "interest";

    private final InterestClause clause;
    private final PersonalRanking ranking;

    public InterestQueryBuilder(InterestClause clause) {
        this(clause, PersonalRanking.unresolved(clause.ranking()));
    }

    private InterestQueryBuilder(InterestClause clause, PersonalRanking ranking) {
        this.clause = clause;
        this.ranking = ranking;
    }

    public InterestQueryBuilder(StreamInput in) throws IOException {
        super(in);
        ranking = PersonalRanking.readFrom(in);
        clause = InterestClause.readFrom(ranking.ranking(), in);
    }

    InterestClause clause() {
        return clause;
    }

    @Override
    protected void doWriteTo(StreamOutput out) throws IOException {
        ranking.writeTo(out);
        clause.writeTo(out);
    }

    public static InterestQueryBuilder fromXContent(XContentParser parser) throws IOException {
        return InterestClauseParser.parse(parser);
    }

    @Override
    protected void doXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject(NAME);
        clause.toXContent(builder, params);
        printBoostAndQueryName(builder);
        builder.endObject();
    }

    @Override
    protected QueryBuilder doRewrite(QueryRewriteContext context) throws IOException {
        InterestClause rewritten = clause.rewrite(context);
        if (rewritten.query() instanceof MatchNoneQueryBuilder || rewritten.filter() instanceof MatchNoneQueryBuilder) {
            return new MatchNoneQueryBuilder();
        }
        PersonalRanking further = ranking.rewrite(context);
        if (rewritten == clause && further == ranking) {
            return this;
        }
        return new InterestQueryBuilder(rewritten, further).boost(boost()).queryName(queryName());
    }

    @Override
    protected Query doToQuery(QueryShardContext context) throws IOException {
        if (context.allowExpensiveQueries() == false) {
            throw new QueryShardException(
                context,
                "[interest] queries score every match and cannot be executed when [" + ALLOW_EXPENSIVE_QUERIES.getKey() + "] is [false]"
            );
        }
        InterestFunction function = ranking.function(context);
        Query inner = inner(context);
        if (function == null || ranking.blend().needsInterest() == false) {
            return inner;
        }
        List<VectorField> fields = ranking.fields(context);
        return new InterestQuery(withCandidates(inner, fields.get(0).name(), function, context), fields, function, ranking.blend());
    }

    /** Restricts the inner query to what the vector index finds among its matches; as it is where no vector index can say. */
    private Query withCandidates(Query inner, String field, InterestFunction function, QueryShardContext context) {
        IndexReader reader = context.getIndexReader();
        if (clause.strategy() != Strategy.ANN || reader == null || Candidates.canBeProbed(reader, field) == false) {
            return inner;
        }
        Query among = inner instanceof MatchAllDocsQuery ? null : inner;
        Query candidates = Candidates.nearest(field, function, clause.candidates(), among);
        return new BooleanQuery.Builder().add(inner, BooleanClause.Occur.MUST).add(candidates, BooleanClause.Occur.FILTER).build();
    }

    private Query inner(QueryShardContext context) throws IOException {
        Query query = clause.query().toQuery(context);
        if (clause.filter() == null) {
            return query;
        }
        return new BooleanQuery.Builder().add(query, BooleanClause.Occur.MUST)
            .add(clause.filter().toQuery(context), BooleanClause.Occur.FILTER)
            .build();
    }

    @Override
    public void visit(QueryBuilderVisitor visitor) {
        visitor.accept(this);
        clause.query().visit(visitor.getChildVisitor(BooleanClause.Occur.MUST));
        if (clause.filter() != null) {
            clause.filter().visit(visitor.getChildVisitor(BooleanClause.Occur.FILTER));
        }
    }

    @Override
    protected void extractInnerHitBuilders(Map<String, InnerHitContextBuilder> innerHits) {
        InnerHitContextBuilder.extractInnerHits(clause.query(), innerHits);
        if (clause.filter() != null) {
            InnerHitContextBuilder.extractInnerHits(clause.filter(), innerHits);
        }
    }

    @Override
    public String getWriteableName() {
        return NAME;
    }

    @Override
    protected boolean doEquals(InterestQueryBuilder other) {
        return clause.equals(other.clause) && ranking.equals(other.ranking);
    }

    @Override
    protected int doHashCode() {
        return Objects.hash(clause, ranking);
    }
}
