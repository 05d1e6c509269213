package org.opensearch.interest.query;

import org.apache.lucene.index.IndexReader;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.opensearch.common.Nullable;
import org.opensearch.common.SetOnce;
import org.opensearch.core.action.ActionListener;
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
import org.opensearch.interest.ranking.InterestFunction;
import org.opensearch.interest.store.ResolvedInterest;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import static org.opensearch.search.SearchService.ALLOW_EXPENSIVE_QUERIES;

/**
 * {@code {"interest":{"tracker":"shop","user":"u42","query":{…},"weight":0.3}}}: what the inner query matches, ranked by the
 * user's interest.
 *
 * <p>The user is resolved once, in the first rewrite on the coordinating node; the shards receive the resolved function and ask
 * nobody. In between the builder holds a supplier and cannot be serialised.
 */
public final class InterestQueryBuilder extends AbstractQueryBuilder<InterestQueryBuilder> {
    public static final String NAME = "interest";

    private final InterestClause clause;
    @Nullable
    private final ResolvedInterest resolved;
    /** Set while the tracker is being asked. */
    @Nullable
    private final Supplier<ResolvedInterest> asked;

    public InterestQueryBuilder(InterestClause clause) {
        this(clause, null, null);
    }

    /** A query whose user was resolved by the caller: a rewrite asks nobody. Shards are not told what its topics are called. */
    public static InterestQueryBuilder resolved(InterestClause clause, ResolvedInterest interest) {
        return new InterestQueryBuilder(clause, Objects.requireNonNull(interest, "interest").withoutTopics(), null);
    }

    private InterestQueryBuilder(InterestClause clause, ResolvedInterest resolved, Supplier<ResolvedInterest> asked) {
        this.clause = Objects.requireNonNull(clause, "clause");
        this.resolved = resolved;
        this.asked = asked;
    }

    public InterestQueryBuilder(StreamInput in) throws IOException {
        super(in);
        clause = InterestClause.readFrom(in);
        resolved = in.readOptionalWriteable(ResolvedInterest::readFrom);
        asked = null;
    }

    InterestClause clause() {
        return clause;
    }

    @Override
    protected void doWriteTo(StreamOutput out) throws IOException {
        if (asked != null) {
            throw new IllegalStateException("[interest] cannot be sent while its tracker is being asked: rewriteAndFetch it first");
        }
        clause.writeTo(out);
        out.writeOptionalWriteable(resolved);
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
        if (resolved == null && asked == null && clause.subject().needsTracker()) {
            SetOnce<ResolvedInterest> answer = new SetOnce<>();
            context.registerAsyncAction((client, listener) -> Resolution.ask(client, clause.subject(), ActionListener.wrap(interest -> {
                answer.set(interest);
                listener.onResponse(null);
            }, listener::onFailure)));
            return copy(rewritten, null, answer::get);
        }
        if (asked != null && asked.get() != null) {
            return copy(rewritten, asked.get().withoutTopics(), null);
        }
        return rewritten == clause ? this : copy(rewritten, resolved, asked);
    }

    private InterestQueryBuilder copy(InterestClause rewritten, ResolvedInterest interest, Supplier<ResolvedInterest> supplier) {
        return new InterestQueryBuilder(rewritten, interest, supplier).boost(boost()).queryName(queryName());
    }

    @Override
    protected Query doToQuery(QueryShardContext context) throws IOException {
        if (context.allowExpensiveQueries() == false) {
            throw new QueryShardException(
                context,
                "[interest] queries score every match and cannot be executed when [" + ALLOW_EXPENSIVE_QUERIES.getKey() + "] is [false]"
            );
        }
        ResolvedInterest interest = interest(context);
        Query inner = inner(context);
        InterestFunction function = interest.function();
        if (function == null || clause.blend().needsInterest() == false) {
            return inner;
        }
        String field = ItemField.require(context.index(), interest.field(), context.fieldMapper(interest.field()), function);
        return new InterestQuery(withCandidates(inner, field, function, context), field, function, clause.blend());
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

    private ResolvedInterest interest(QueryShardContext context) {
        if (resolved != null) {
            return resolved;
        }
        if (clause.subject().needsTracker()) {
            throw new QueryShardException(
                context,
                "[interest] by [tracker] cannot be used here: its user is resolved when a search is rewritten, and this place never does; use [vector] and [field]"
            );
        }
        return Resolution.given(clause.subject());
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
        return clause.equals(other.clause) && Objects.equals(resolved, other.resolved) && asked == other.asked;
    }

    @Override
    protected int doHashCode() {
        return Objects.hash(clause, resolved);
    }
}
