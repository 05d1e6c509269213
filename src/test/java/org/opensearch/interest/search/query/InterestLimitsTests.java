package org.opensearch.interest.search.query;

import org.opensearch.ExceptionsHelper;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.index.cache.request.RequestCacheStats;
import org.opensearch.search.builder.SearchSourceBuilder;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Interest queries with core's caches, limits and special features. */
public class InterestLimitsTests extends CatalogueTestCase {
    private static final String SHOES = "{\"match\":{\"title\":\"shoe\"}}";
    private static final String ANN = "{\"interest\":{\"tracker\":\"shop\",\"user\":\"ann\"}}";

    /** Cache statistics of shards that hold documents: an empty shard is not searched a second time. */
    private RequestCacheStats cache() {
        return client().admin()
            .indices()
            .prepareStats("items")
            .clear()
            .setRequestCache(true)
            .get()
            .getTotal()
            .getRequestCache();
    }

    /**
     * Returns the scores of all hits: the best hit may be an item without a vector, which scores the same for everyone.
     */
    private Map<String, Float> cached(String body) throws IOException {
        SearchRequest request = new SearchRequest("items").source(source(body)).requestCache(true);
        Map<String, Float> scores = new HashMap<>();
        client().search(request).actionGet().getHits().forEach(hit -> scores.put(hit.getId(), hit.getScore()));
        assertFalse(scores.isEmpty());
        return scores;
    }

    public void testEqualSearchesHitTheRequestCacheAndAChangedProfileDoesNot() throws IOException {
        for (String body : new String[]{ "{\"query\":" + ANN + "}", "{\"query\":" + SHOES
            + ",\"rescore\":{\"interest\":{\"tracker\":\"shop\",\"user\":\"ann\",\"weight\":0.5}}}" }) {
            profiles().user("ann", ann);
            long hits = cache().getHitCount();
            Map<String, Float> first = cached(body);
            assertEquals(hits, cache().getHitCount());
            assertEquals(first, cached(body));
            assertEquals("all three shards answer from the cache", hits + 3, cache().getHitCount());
            profiles().user("ann", catalogue.person(2));
            assertNotEquals("what another profile cached is not hers", first, cached(body));
            assertEquals(hits + 3, cache().getHitCount());
        }
    }

    public void testTheQueryCacheDoesNotMixUsers() throws IOException {
        profiles().user("bob", catalogue.person(2));
        String bob = ANN.replace("ann", "bob");
        Map<String, Float> hers = scoresOf(ANN);
        Map<String, Float> his = scoresOf(bob);
        assertNotEquals(hers, his);
        for (int i = 0; i < 5; i++) {
            assertEquals(hers, scoresOf(ANN));
            assertEquals(his, scoresOf(bob));
            assertEquals(hers.keySet(), scoresOf("{\"bool\":{\"filter\":" + ANN + "}}").keySet());
        }
    }

    public void testTheRescorerIsAllowedWithoutExpensiveQueries() throws IOException {
        expensive(false);
        try {
            String rescored = "{\"query\":" + SHOES
                + ",\"rescore\":{\"window_size\":10,\"interest\":{\"tracker\":\"shop\",\"user\":\"ann\"}}}";
            assertFalse(scores(rescored).isEmpty());
            String byIndex = ANN.replace("\"ann\"", "\"ann\",\"strategy\":\"ann\",\"k\":200");
            assertFalse("as many as a probe brings", scoresOf(byIndex).isEmpty());
            String reason = "cannot be executed when [search.allow_expensive_queries] is [false]; "
                + "a rescorer by [interest] can, and so can [strategy] [ann]";
            refused(400, reason, "{\"query\":" + ANN + "}");
        } finally {
            expensive(null);
        }
    }

    private void expensive(Boolean allowed) {
        Settings settings = Settings.builder()
            .put("search.allow_expensive_queries", allowed == null ? null : allowed.toString())
            .build();
        client().admin().cluster().prepareUpdateSettings().setTransientSettings(settings).get();
    }

    public void testTerminatesEarlyAndTimesOutAsAnyQuery() throws IOException {
        SearchSourceBuilder few = source("{\"query\":" + ANN + "}").terminateAfter(2);
        SearchResponse response = client().search(new SearchRequest("items").source(few)).actionGet();
        assertTrue(response.isTerminatedEarly());
        assertEquals(6, response.getHits().getHits().length);
        SearchSourceBuilder patient = source("{\"query\":" + ANN + "}").timeout(TimeValue.timeValueMinutes(1));
        assertFalse(client().search(new SearchRequest("items").source(patient)).actionGet().isTimedOut());
    }

    /**
     * An interest query allocates nothing per match, so it asks no circuit breaker. Other parts of the search that ask
     * one are still refused.
     */
    public void testAFullBreakerRefusesWhatReservesMemory() throws IOException {
        String ann = ANN.replace("\"ann\"", "\"ann\",\"strategy\":\"ann\",\"k\":50");
        Map<String, Float> exact = scoresOf(ANN);
        Map<String, Float> probed = scoresOf(ann);
        breaker("1b");
        try {
            assertEquals(exact, scoresOf(ANN));
            assertEquals(probed, scoresOf(ann));
            refused(
                429, "Data too large", "{\"query\":" + ANN + ",\"aggs\":{\"kinds\":{\"terms\":{\"field\":\"kind\"}}}}"
            );
        } finally {
            breaker(null);
        }
    }

    private void breaker(String limit) {
        Settings settings = Settings.builder().put("indices.breaker.request.limit", limit).build();
        client().admin().cluster().prepareUpdateSettings().setTransientSettings(settings).get();
    }

    public void testOneIndexOfSeveralHasNoItems() throws IOException {
        client().prepareIndex("news").setId("n1").setSource("title", "shoe news").setRefreshPolicy("true").get();
        for (String strategy : new String[]{ "exact", "ann", "auto" }) {
            String query = "{\"query\":" + ANN.replace("\"ann\"", "\"ann\",\"strategy\":\"" + strategy + "\"") + "}";
            SearchResponse response = client()
                .search(new SearchRequest("items", "news").source(source(query).size(500)))
                .actionGet();
            assertEquals(0, response.getFailedShards());
            response.getHits().forEach(hit -> {
                if (hit.getIndex().equals("news")) {
                    assertEquals(0.5f, hit.getScore(), 0f);
                }
            });
        }
    }

    public void testAFilterThatMatchesNothing() throws IOException {
        for (String strategy : new String[]{ "exact", "ann", "auto" }) {
            String rest = "\"ann\",\"strategy\":\"" + strategy + "\",\"filter\":{\"term\":{\"kind\":\"nothing\"}}";
            assertEquals(Map.of(), scoresOf(ANN.replace("\"ann\"", rest)));
        }
    }

    public void testDeletedDocumentsAreNoCandidates() throws IOException {
        client().prepareDelete("items", "1").setRefreshPolicy("true").get();
        for (String strategy : new String[]{ "exact", "ann" }) {
            assertFalse(
                scoresOf(ANN.replace("\"ann\"", "\"ann\",\"k\":200,\"strategy\":\"" + strategy + "\"")).containsKey("1")
            );
        }
    }

    public void testAFilteredAliasByUserIsRefusedByName() throws IOException {
        Exception e = expectThrows(
            Exception.class,
            () -> client().admin()
                .indices()
                .prepareAliases()
                .addAlias("items", "anns", source("{\"query\":" + ANN + "}").query())
                .get()
        );
        assertEquals(400, ExceptionsHelper.status(e).getStatus());
        assertTrue(
            ExceptionsHelper.stackTrace(e),
            ExceptionsHelper.stackTrace(e).contains("[interest] by [tracker] cannot be used here")
        );
    }

    public void testWhatNobodyCanMean() {
        refused(
            400,
            "[interest] field [embedding] holds vectors of [8] dimensions, but the interest has [1000]: both must come from one model",
            "{\"query\":{\"interest\":{\"field\":\"embedding\",\"vector\":" + vectorJson(filled(1_000)) + "}}}"
        );
        refused(
            400, "[interest] [k] must be in [1,10000], but was [0]",
            "{\"query\":" + ANN.replace("\"ann\"", "\"ann\",\"strategy\":\"ann\",\"k\":0") + "}"
        );
        refused(
            400, "[interest] [weight] must be a number, but was [NaN]",
            "{\"query\":" + ANN.replace("\"ann\"", "\"ann\",\"weight\":\"NaN\"") + "}"
        );
    }

    private static float[] filled(int dimension) {
        float[] vector = new float[dimension];
        Arrays.fill(vector, 1f);
        return vector;
    }
}
