package org.opensearch.interest.search.query;

import org.opensearch.action.bulk.BulkRequestBuilder;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.action.support.WriteRequest;
import org.opensearch.common.settings.Settings;
import org.opensearch.interest.core.ranking.NegativeTopic;
import org.opensearch.interest.core.ranking.PersonalFunction;
import org.opensearch.interest.core.ranking.ScoringDirection;
import org.opensearch.search.SearchHit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Strategy {@code auto} in searches that are expensive enough to use candidates. The cost comes not from millions of
 * items but from a user with so many dislikes that scoring a few thousand items is slow, while only one direction is
 * probed.
 */
public class AutoStrategyTests extends CatalogueTestCase {
    private static final int SIZE = 6_000;
    private static final int K = 100;
    private static final String AUTO = "\"tracker\":\"shop\",\"user\":\"choosy\",\"k\":" + K;

    @Override
    public void setUp() throws Exception {
        super.setUp();
        Settings settings = Settings.builder()
            .put("index.number_of_shards", 1)
            .put("index.number_of_replicas", 0)
            .build();
        client().admin().indices().prepareCreate("many").setSettings(settings).setMapping("""
            {"properties":{"kind":{"type":"keyword"},"embedding":{"type":"interest_vector","dimension":8}}}""").get();
        BulkRequestBuilder bulk = client().prepareBulk().setRefreshPolicy(WriteRequest.RefreshPolicy.IMMEDIATE);
        for (int i = 0; i < SIZE; i++) {
            Map<String, Object> item = Map.of("kind", i % 50 == 0 ? "rare" : "usual", "embedding", catalogue.vector());
            bulk.add(new IndexRequest("many").id(Integer.toString(i)).source(item));
        }
        assertFalse(bulk.get().hasFailures());
        List<NegativeTopic> negativeTopics = new ArrayList<>();
        for (int i = 0; i < 800; i++) {
            negativeTopics.add(new NegativeTopic(new ScoringDirection(catalogue.vector(), 0f), 1f, 0f));
        }
        profiles().user(
            "choosy", new PersonalFunction(new ScoringDirection(catalogue.vector(), 0f), List.of(), negativeTopics, 1f)
        );
    }

    private SearchResponse many(String body) throws IOException {
        SearchResponse response = client().search(new SearchRequest("many").source(source(body).size(10))).actionGet();
        assertEquals(Arrays.toString(response.getShardFailures()), 0, response.getFailedShards());
        return response;
    }

    private long total(String body) throws IOException {
        return many(body).getHits().getTotalHits().value();
    }

    private static String interest(String more) {
        return "{\"interest\":{" + AUTO + more + "}}";
    }

    public void testAPageOfTheBestIsFoundByTheIndexAndScoredExactly() throws IOException {
        SearchResponse probed = many("{\"query\":" + interest("") + "}");
        assertEquals("candidates only", K, probed.getHits().getTotalHits().value());
        SearchResponse exact = many("{\"query\":" + interest(",\"strategy\":\"exact\"") + "}");
        assertEquals(SIZE, exact.getHits().getTotalHits().value());
        int agreed = 0;
        for (int i = 0; i < 10; i++) {
            SearchHit hit = exact.getHits().getAt(i);
            for (SearchHit other : probed.getHits()) {
                if (other.getId().equals(hit.getId())) {
                    assertEquals(hit.getScore(), other.getScore(), 1e-6f);
                    agreed++;
                }
            }
        }
        assertTrue(agreed + " of the ten best were found", agreed >= 9);
    }

    public void testMoreThanAPageIsScoredExactly() throws IOException {
        for (String body : new String[]{ "{\"track_total_hits\":true,\"query\":" + interest("") + "}",
            "{\"query\":" + interest("") + ",\"aggs\":{\"kinds\":{\"terms\":{\"field\":\"kind\"}}}}",
            "{\"query\":{\"bool\":{\"must\":" + interest("") + "}}}", "{\"query\":" + interest(",\"weight\":0.5") + "}",
            "{\"from\":95,\"query\":" + interest("") + "}",
            "{\"query\":" + interest("") + ",\"rescore\":{\"interest\":{\"tracker\":\"shop\",\"user\":\"choosy\"}}}",
            "{\"query\":" + interest("") + ",\"post_filter\":{\"match_all\":{}}}" }) {
            assertEquals(body, SIZE, total(body));
        }
        assertEquals("a page that ends within k", K, total("{\"from\":90,\"query\":" + interest("") + "}"));
    }

    public void testAFilterThatLeavesFewIsScoredExactly() throws IOException {
        assertEquals(SIZE / 50, total("{\"query\":" + interest(",\"filter\":{\"term\":{\"kind\":\"rare\"}}") + "}"));
        assertEquals(K, total("{\"query\":" + interest(",\"filter\":{\"term\":{\"kind\":\"usual\"}}") + "}"));
    }

    public void testWhereEverythingMatchesAProbeHasNoFilterToAsk() throws IOException {
        assertFalse(explained(",\"strategy\":\"ann\"").contains("[300]["));
        assertTrue(explained(",\"strategy\":\"ann\",\"filter\":{\"term\":{\"kind\":\"rare\"}}").contains("[300]["));
    }

    /**
     * Returns the Lucene query as text. A probe shows its field, the direction's first number, its breadth, and the
     * filter if it has one.
     */
    private String explained(String more) throws IOException {
        String query = client().admin()
            .indices()
            .prepareValidateQuery("many")
            .setExplain(true)
            .setQuery(source("{\"query\":" + interest(more) + "}").query())
            .get()
            .getQueryExplanation()
            .get(0)
            .getExplanation();
        assertTrue(query, query.contains("[300]"));
        return query;
    }
}
