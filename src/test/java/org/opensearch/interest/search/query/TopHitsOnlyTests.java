package org.opensearch.interest.search.query;

import org.opensearch.action.search.SearchRequest;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.index.query.BaseQueryRewriteContext;
import org.opensearch.index.query.BoolQueryBuilder;
import org.opensearch.index.query.MatchAllQueryBuilder;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.QueryCoordinatorContext;
import org.opensearch.interest.core.tracking.RankingTarget;
import org.opensearch.search.aggregations.AggregationBuilders;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.test.OpenSearchTestCase;

import java.util.function.Consumer;

/** Recognition of searches that read only the best hits of their query. */
public class TopHitsOnlyTests extends OpenSearchTestCase {
    private final QueryBuilder query = new InterestQueryBuilder(
        InterestClause.of(new RankingTarget(null, null, new float[]{ 1, 2 }, "v"))
    );

    private int page(QueryBuilder asker, SearchRequest request) {
        BaseQueryRewriteContext rewrite = new BaseQueryRewriteContext(
            NamedXContentRegistry.EMPTY, writableRegistry(), null, () -> 0L
        );
        return TopHitsOnly.of(asker, new QueryCoordinatorContext(rewrite, request));
    }

    private int page(Consumer<SearchSourceBuilder> change) {
        SearchSourceBuilder source = new SearchSourceBuilder().query(query);
        change.accept(source);
        return page(query, new SearchRequest("items").source(source));
    }

    public void testAPageOfHits() {
        assertEquals(10, page(source -> {}));
        assertEquals(75, page(source -> source.from(50).size(25)));
        assertEquals(10, page(source -> source.trackTotalHitsUpTo(1_000)));
    }

    public void testAnythingElse() {
        assertEquals(TopHitsOnly.UNKNOWN, page(source -> source.size(0)));
        assertEquals(TopHitsOnly.UNKNOWN, page(source -> source.trackTotalHits(true)));
        assertEquals(
            TopHitsOnly.UNKNOWN, page(source -> source.aggregation(AggregationBuilders.terms("kinds").field("kind")))
        );
        assertEquals(TopHitsOnly.UNKNOWN, page(source -> source.sort("price")));
        assertEquals(TopHitsOnly.UNKNOWN, page(source -> source.postFilter(new MatchAllQueryBuilder())));
        assertEquals(TopHitsOnly.UNKNOWN, page(source -> source.minScore(0.6f)));
        assertEquals(TopHitsOnly.UNKNOWN, page(source -> source.query(new BoolQueryBuilder().must(query))));
        SearchRequest scroll = new SearchRequest("items").source(new SearchSourceBuilder().query(query))
            .scroll(TimeValue.timeValueMinutes(1));
        assertEquals(TopHitsOnly.UNKNOWN, page(query, scroll));
        assertEquals(
            TopHitsOnly.UNKNOWN,
            TopHitsOnly
                .of(query, new BaseQueryRewriteContext(NamedXContentRegistry.EMPTY, writableRegistry(), null, () -> 0L))
        );
    }
}
