package org.opensearch.interest.search.query;

import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
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
import org.opensearch.interest.cluster.resolve.ResolvedInterest;
import org.opensearch.interest.core.ranking.InterestFunction;
import org.opensearch.interest.engine.lucene.InterestQuery;
import org.opensearch.interest.engine.lucene.VectorField;
import org.opensearch.search.approximate.ApproximateScoreQuery;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import static org.opensearch.search.SearchService.ALLOW_EXPENSIVE_QUERIES;

/**
 * {@code {"interest":{"tracker":"shop","user":"u42","query":{…},"weight":0.3}}}: what the inner query matches, ranked
 * by the user's interest.
 *
 * <p>The user is resolved once, in the first rewrite on the coordinating node, see {@link ResolvableRanking}.
 */
public final class InterestQueryBuilder extends AbstractQueryBuilder<InterestQueryBuilder> {
    public static final String NAME = "interest";

    private final InterestClause clause;
    private final ResolvableRanking ranking;
    /**
     * How many hits are looked at where nothing but the best hits counts; {@link TopHitsOnly#UNKNOWN} anywhere else.
     */
    private final int page;

    public InterestQueryBuilder(InterestClause clause) {
        this(clause, ResolvableRanking.unresolved(clause.ranking()), TopHitsOnly.UNKNOWN);
    }

    /** A query whose user was resolved by the caller: a rewrite asks nobody. */
    public static InterestQueryBuilder resolved(InterestClause clause, ResolvedInterest interest) {
        return new InterestQueryBuilder(
            clause, ResolvableRanking.resolved(clause.ranking(), interest), TopHitsOnly.UNKNOWN
        );
    }

    private InterestQueryBuilder(InterestClause clause, ResolvableRanking ranking, int page) {
        this.clause = clause;
        this.ranking = ranking;
        this.page = page;
    }

    public InterestQueryBuilder(StreamInput in) throws IOException {
        super(in);
        ranking = ResolvableRanking.readFrom(in);
        clause = InterestClause.readFrom(ranking.ranking(), in);
        page = in.readVInt();
    }

    /** By whose taste, and with how much weight. */
    public InterestRanking ranking() {
        return clause.ranking();
    }

    /** Whether items are ranked by the tracker's one field, and not by several or another. */
    public boolean isPlain() {
        return clause.ranking().fields() == null;
    }

    InterestClause clause() {
        return clause;
    }

    @Override
    protected void doWriteTo(StreamOutput out) throws IOException {
        ranking.writeTo(out);
        clause.writeTo(out);
        out.writeVInt(page);
    }

    public static InterestQueryBuilder fromXContent(XContentParser parser) throws IOException {
        return InterestClause.parse(parser);
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
        ResolvableRanking further = ranking.rewrite(context);
        int probed = page == TopHitsOnly.UNKNOWN && clause.strategy() == Strategy.AUTO ? TopHitsOnly.of(this, context)
            : page;
        if (rewritten == clause && further == ranking && probed == page) {
            return this;
        }
        return new InterestQueryBuilder(rewritten, further, probed).boost(boost()).queryName(queryName());
    }

    @Override
    protected Query doToQuery(QueryShardContext context) throws IOException {
        if (context.allowExpensiveQueries() == false && clause.strategy() != Strategy.ANN) {
            throw new QueryShardException(
                context,
                "[interest] queries score every match and cannot be executed when [" + ALLOW_EXPENSIVE_QUERIES.getKey()
                    + "] is [false]; a rescorer by [interest] can, and so can [strategy] [ann]"
            );
        }
        InterestFunction function = ranking.function(context);
        Query inner = inner(context);
        if (function == null || ranking.blend().needsInterest() == false) {
            return inner;
        }
        List<VectorField> fields = ranking.fields(context);
        CandidateRetrieval retrieval = new CandidateRetrieval(clause.strategy(), clause.candidates(), page);
        Query restricted = retrieval.restrict(inner, fields, function, ranking.blend(), context);
        return new InterestQuery(restricted, fields, function, ranking.blend(), ItemField.known(function));
    }

    private Query inner(QueryShardContext context) throws IOException {
        Query query = whole(clause.query().toQuery(context));
        if (clause.filter() == null) {
            return query;
        }
        return new BooleanQuery.Builder().add(query, BooleanClause.Occur.MUST)
            .add(whole(clause.filter().toQuery(context)), BooleanClause.Occur.FILTER)
            .build();
    }

    /**
     * Core wraps queries that it may cut short where they are a search's only one, match_all among them. Inside an
     * interest nothing is cut short, and unless a match_all is seen to be one, a probe of the vector index asks it
     * about every document.
     */
    private static Query whole(Query query) {
        return query instanceof ApproximateScoreQuery wrapped ? wrapped.getOriginalQuery() : query;
    }

    @Override
    public void visit(QueryBuilderVisitor visitor) {
        visitor.accept(this);
        clause.query().visit(visitor.getChildVisitor(BooleanClause.Occur.MUST));
        if (clause.filter() != null) {
            clause.filter().visit(visitor.getChildVisitor(BooleanClause.Occur.FILTER));
        }
    }

    /**
     * Vectors are scored where they lie, in whatever part of a segment: nothing is prepared that two parts would
     * prepare twice.
     */
    @Override
    public boolean supportsIntraSegmentSearch() {
        return ConcurrentInterest.ranksAll(clause)
            && (clause.filter() == null || clause.filter().supportsIntraSegmentSearch());
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
        return clause.equals(other.clause) && ranking.equals(other.ranking) && page == other.page;
    }

    @Override
    protected int doHashCode() {
        return Objects.hash(clause, ranking, page);
    }
}
