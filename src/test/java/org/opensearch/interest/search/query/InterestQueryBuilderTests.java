package org.opensearch.interest.search.query;

import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.opensearch.common.io.stream.BytesStreamOutput;
import org.opensearch.index.query.BaseQueryRewriteContext;
import org.opensearch.index.query.MatchAllQueryBuilder;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.QueryBuilderVisitor;
import org.opensearch.index.query.QueryRewriteContext;
import org.opensearch.index.query.QueryShardContext;
import org.opensearch.index.query.QueryShardException;
import org.opensearch.index.query.TermQueryBuilder;
import org.opensearch.interest.core.ranking.RelevanceBlend;
import org.opensearch.interest.core.tracking.RankingTarget;
import org.opensearch.interest.engine.lucene.InterestQuery;
import org.opensearch.plugins.Plugin;
import org.opensearch.test.AbstractQueryTestCase;
import org.opensearch.test.TestGeoShapeFieldMapperPlugin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Core's own checks of a query builder, with vectors as targets, because this test has no trackers. */
public class InterestQueryBuilderTests extends AbstractQueryTestCase<InterestQueryBuilder> {
    /**
     * Core's test mapping has a field whose type only {@link TestGeoShapeFieldMapperPlugin} provides. That plugin is
     * deprecated outside of tests.
     */
    @Override
    @SuppressWarnings("deprecation")
    protected Collection<Class<? extends Plugin>> getPlugins() {
        return List.of(ProfilesInMemoryPlugin.class, TestGeoShapeFieldMapperPlugin.class);
    }

    @Override
    protected InterestQueryBuilder doCreateTestQueryBuilder() {
        RankingTarget target = new RankingTarget(
            randomBoolean() ? "shop" : null, null, new float[]{ 1, randomFloat(), -2 }, "vectors"
        );
        return new InterestQueryBuilder(
            new InterestClause(
                new InterestRanking(target, null, randomBlend()),
                randomBoolean() ? new MatchAllQueryBuilder() : new TermQueryBuilder(KEYWORD_FIELD_NAME, "a"),
                randomFrom(Strategy.values()), randomBoolean() ? null : between(1, 10_000),
                randomBoolean() ? null : new TermQueryBuilder(KEYWORD_FIELD_NAME, "b")
            )
        );
    }

    static RelevanceBlend randomBlend() {
        RelevanceBlend.Form form = randomFrom(RelevanceBlend.Form.values());
        return new RelevanceBlend(
            form, randomFrom(0f, 0.25f, 1f), form == RelevanceBlend.Form.SATURATION ? randomFloat() + 0.5f : null
        );
    }

    @Override
    protected void doAssertLuceneQuery(InterestQueryBuilder builder, Query query, QueryShardContext context)
        throws IOException {
        if (builder.clause().ranking().blend().needsInterest()) {
            assertTrue(query.toString(), query instanceof InterestQuery);
        } else {
            assertEquals(builder.clause().filter() != null, query instanceof BooleanQuery);
        }
    }

    public void testVisitorsReachEveryClause() {
        QueryBuilder inner = new TermQueryBuilder("a", "1");
        QueryBuilder filter = new TermQueryBuilder("b", "2");
        RankingTarget target = new RankingTarget("shop", "ann", null, null);
        InterestQueryBuilder builder = new InterestQueryBuilder(
            new InterestClause(
                new InterestRanking(target, null, new RelevanceBlend(1f)), inner, Strategy.AUTO, null, filter
            )
        );
        List<QueryBuilder> seen = new ArrayList<>();
        builder.visit(new QueryBuilderVisitor() {
            @Override
            public void accept(QueryBuilder query) {
                seen.add(query);
            }

            @Override
            public QueryBuilderVisitor getChildVisitor(BooleanClause.Occur occur) {
                return this;
            }
        });
        assertEquals(List.of(builder, inner, filter), seen);
    }

    public void testIsNeverSentHalfResolved() throws IOException {
        InterestQueryBuilder builder = new InterestQueryBuilder(
            InterestClause.of(new RankingTarget("shop", "ann", null, null))
        );
        QueryRewriteContext context = new BaseQueryRewriteContext(
            xContentRegistry(), namedWriteableRegistry(), null, () -> 0L
        );
        QueryBuilder waiting = builder.rewrite(context);
        assertTrue(context.hasAsyncActions());
        assertNotSame(builder, waiting);
        assertSame(waiting, waiting.rewrite(context));
        try (var out = new BytesStreamOutput()) {
            expectThrows(IllegalStateException.class, () -> waiting.writeTo(out));
        }
    }

    public void testAShardAsksNobody() {
        InterestQueryBuilder builder = new InterestQueryBuilder(
            InterestClause.of(new RankingTarget("shop", "ann", null, null))
        );
        QueryShardException e = expectThrows(QueryShardException.class, () -> builder.rewrite(createShardContext()));
        assertEquals(
            "[interest] by [tracker] cannot be used here: its user is resolved in the rewrite of a search, which does not happen here; use "
                + "[vector] and [field]",
            e.getMessage()
        );
        assertEquals(400, e.status().getStatus());
    }
}
