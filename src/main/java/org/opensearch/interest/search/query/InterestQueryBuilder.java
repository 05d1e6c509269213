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
 * Builder of {@code {"interest":{"tracker":"shop","user":"u42","query":{…},"weight":0.3}}}, which ranks the matches of
 * the inner query by the user's interest.
 *
 * <p>The user is resolved once, in the first rewrite on the coordinating node, see {@link ResolvableRanking}.
 */
public final class InterestQueryBuilder extends AbstractQueryBuilder<InterestQueryBuilder> {
    public static final String NAME = "interest";

    private final InterestClause clause;
    private final ResolvableRanking ranking;
    /** The number of best hits that matter if nothing else does; otherwise {@link TopHitsOnly#UNKNOWN}. */
    private final int page;

    public InterestQueryBuilder(InterestClause clause) {
        this(clause, ResolvableRanking.unresolved(clause.ranking()), TopHitsOnly.UNKNOWN);
    }

    /** Query whose user the caller has resolved; a rewrite sends no request. */
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

    /** The target of the ranking and the weight of interest. */
    public InterestRanking ranking() {
        return clause.ranking();
    }

    /** Returns true if items are ranked by the one field of the tracker or the target, and not by {@code fields}. */
    public boolean usesSingleField() {
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
        ResolvableRanking nextRanking = ranking.rewrite(context);
        int newPage = page == TopHitsOnly.UNKNOWN && clause.strategy() == Strategy.AUTO ? TopHitsOnly.of(this, context)
            : page;
        if (rewritten == clause && nextRanking == ranking && newPage == page) {
            return this;
        }
        return new InterestQueryBuilder(rewritten, nextRanking, newPage).boost(boost()).queryName(queryName());
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
        Query query = unwrap(clause.query().toQuery(context));
        if (clause.filter() == null) {
            return query;
        }
        return new BooleanQuery.Builder().add(query, BooleanClause.Occur.MUST)
            .add(unwrap(clause.filter().toQuery(context)), BooleanClause.Occur.FILTER)
            .build();
    }

    /**
     * Removes core's wrapper from queries that core may cut short if they are a search's only query, match_all among
     * them. Inside an interest query nothing is cut short. A match_all must also be recognised as such, because a probe
     * of the vector index would otherwise evaluate it for every document.
     */
    private static Query unwrap(Query query) {
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
     * Scoring reads each vector in place and prepares nothing for a whole segment, so two slices of a segment do no
     * work twice.
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
