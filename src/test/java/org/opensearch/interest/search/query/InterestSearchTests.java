package org.opensearch.interest.search.query;

import org.opensearch.ExceptionsHelper;
import org.opensearch.action.explain.ExplainRequest;
import org.opensearch.action.explain.ExplainResponse;
import org.opensearch.action.search.MultiSearchRequest;
import org.opensearch.action.search.MultiSearchResponse;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.common.settings.Settings;
import org.opensearch.interest.core.ranking.InterestFunction;
import org.opensearch.interest.core.ranking.RelevanceBlend;
import org.opensearch.interest.core.ranking.SimilarityFunction;
import org.opensearch.search.SearchHit;
import org.opensearch.search.aggregations.bucket.filter.Filter;
import org.opensearch.search.aggregations.bucket.terms.Terms;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

public class InterestSearchTests extends CatalogueTestCase {
    private static final String SHOES = "{\"match\":{\"title\":\"shoe\"}}";
    private static final String ANN = "{\"interest\":{\"tracker\":\"shop\",\"user\":\"ann\"}}";

    public void testScoresEqualBruteForce() throws IOException {
        Map<String, Float> relevance = scoresOf(SHOES);
        for (String field : Catalogue.FIELDS) {
            float[] given = catalogue.vector();
            for (float weight : new float[]{ 0f, 0.25f, 0.7f, 1f }) {
                String rest = ",\"weight\":" + weight + ",\"query\":" + SHOES + "}}";
                String byUser = "{\"interest\":{\"tracker\":\"by_" + field + "\",\"user\":\"ann\"" + rest;
                assertScores(blended(relevance, ann, weight), scoresOf(byUser));
                String byVector = "{\"interest\":{\"field\":\"" + field + "\",\"vector\":" + vectorJson(given) + rest;
                assertScores(blended(relevance, SimilarityFunction.to(given), weight), scoresOf(byVector));
            }
            Map<String, Float> everything = scoresOf("{\"match_all\":{}}");
            assertEquals(Catalogue.SIZE, everything.size());
            assertScores(
                blended(everything, ann, 1f),
                scoresOf("{\"interest\":{\"tracker\":\"by_" + field + "\",\"user\":\"ann\"}}")
            );
        }
    }

    private Map<String, Float> blended(Map<String, Float> relevance, InterestFunction function, float weight) {
        Map<String, Float> scores = new HashMap<>();
        relevance.forEach(
            (id, score) -> scores.put(id, new RelevanceBlend(weight).combine(score, catalogue.interest(function, id)))
        );
        return scores;
    }

    public void testVectorWithTrackerTakesItsField() throws IOException {
        float[] given = catalogue.vector();
        Map<String, Float> byField = scoresOf(
            "{\"interest\":{\"field\":\"embedding\",\"vector\":" + vectorJson(given) + "}}"
        );
        assertEquals(0, profiles().timesAsked());
        assertScores(byField, scoresOf("{\"interest\":{\"tracker\":\"shop\",\"vector\":" + vectorJson(given) + "}}"));
        assertEquals(1, profiles().timesAsked());
    }

    public void testUnknownUserLeavesTheInnerQueryAlone() throws IOException {
        Map<String, Float> plain = scoresOf(SHOES);
        for (String weight : new String[]{ "0.3", "1" }) {
            assertEquals(
                plain,
                scoresOf(
                    "{\"interest\":{\"tracker\":\"shop\",\"user\":\"nobody\",\"weight\":" + weight + ",\"query\":"
                        + SHOES + "}}"
                )
            );
        }
        assertEquals(
            plain,
            scoresOf("{\"interest\":{\"tracker\":\"shop\",\"user\":\"ann\",\"weight\":0,\"query\":" + SHOES + "}}")
        );
        assertEquals(
            scoresOf("{\"bool\":{\"must\":" + SHOES + ",\"filter\":{\"term\":{\"kind\":\"mug\"}}}}"),
            scoresOf(
                "{\"interest\":{\"tracker\":\"shop\",\"user\":\"nobody\",\"query\":" + SHOES
                    + ",\"filter\":{\"term\":{\"kind\":\"mug\"}}}}"
            )
        );
    }

    public void testFilterRestrictsAndScoresNothing() throws IOException {
        Map<String, Float> all = scoresOf(ANN);
        Map<String, Float> mugs = scoresOf(
            "{\"interest\":{\"tracker\":\"shop\",\"user\":\"ann\",\"filter\":{\"term\":{\"kind\":\"mug\"}}}}"
        );
        assertEquals(Catalogue.SIZE / 5, mugs.size());
        mugs.forEach((id, score) -> assertEquals(all.get(id), score, 1e-6f));
    }

    public void testCandidatesFromTheVectorIndexAreScoredExactly() throws IOException {
        Map<String, Float> exact = scoresOf(ANN);
        Map<String, Float> all = scoresOf(
            "{\"interest\":{\"tracker\":\"shop\",\"user\":\"ann\",\"strategy\":\"ann\",\"k\":" + Catalogue.SIZE + "}}"
        );
        assertEquals("all that have a vector", catalogue.vectors.keySet(), all.keySet());
        all.forEach((id, score) -> assertEquals(exact.get(id), score, 1e-6f));
        Map<String, Float> few = scoresOf(
            "{\"interest\":{\"tracker\":\"shop\",\"user\":\"ann\",\"strategy\":\"ann\",\"k\":2}}"
        );
        // On three shards; the probe of the dynamic interest counts for three.
        int probesAndShards = (ann.probed().size() + 2) * 3;
        assertTrue(few.size() + " hits", few.size() >= 2 && few.size() <= 2 * probesAndShards);
        few.forEach((id, score) -> assertEquals(exact.get(id), score, 1e-6f));
        String mugs = "\"filter\":{\"term\":{\"kind\":\"mug\"}}";
        Map<String, Float> restricted = scoresOf(
            "{\"interest\":{\"tracker\":\"shop\",\"user\":\"ann\",\"strategy\":\"ann\",\"k\":5," + mugs + "}}"
        );
        assertTrue("the filter is part of the probe: " + restricted.size(), restricted.size() >= 5);
        assertTrue(
            scoresOf("{\"interest\":{\"tracker\":\"shop\",\"user\":\"ann\"," + mugs + "}}").keySet()
                .containsAll(restricted.keySet())
        );
        Map<String, Float> blended = scoresOf(
            "{\"interest\":{\"tracker\":\"shop\",\"user\":\"ann\",\"strategy\":\"ann\",\"k\":" + Catalogue.SIZE
                + ",\"weight\":0.4,\"query\":" + SHOES + "}}"
        );
        Map<String, Float> blendedExactly = scoresOf(
            "{\"interest\":{\"tracker\":\"shop\",\"user\":\"ann\",\"weight\":0.4,\"query\":" + SHOES + "}}"
        );
        blendedExactly.keySet().retainAll(catalogue.vectors.keySet());
        assertScores(blendedExactly, blended);
    }

    public void testInsideOtherQueries() throws IOException {
        Map<String, Float> alone = scoresOf(ANN);
        profiles().timesAsked();
        assertScores(alone, once("{\"query\":{\"bool\":{\"must\":" + ANN + "}}}"));
        assertScores(alone, once("{\"query\":{\"dis_max\":{\"queries\":[" + ANN + "]}}}"));
        assertScores(alone, once("{\"query\":{\"function_score\":{\"query\":" + ANN + "}}}"));
        assertScores(
            alone,
            once(
                "{\"query\":{\"interest\":{\"tracker\":\"shop\",\"user\":\"ann\",\"query\":{\"constant_score\":{\"filter\":{\"match_all\":{}}}}}}}"
            )
        );
        Map<String, Float> constant = once("{\"query\":{\"constant_score\":{\"filter\":" + ANN + "}}}");
        assertEquals(alone.keySet(), constant.keySet());
        constant.values().forEach(score -> assertEquals(1f, score, 0f));
        Map<String, Float> boosted = once(
            "{\"query\":{\"interest\":{\"tracker\":\"shop\",\"user\":\"ann\",\"boost\":3,\"_name\":\"mine\"}}}"
        );
        boosted.forEach((id, score) -> assertEquals(3 * alone.get(id), score, 1e-5));
        Map<String, Float> filtered = once("{\"query\":{\"bool\":{\"must\":" + SHOES + ",\"filter\":" + ANN + "}}}");
        assertEquals(scoresOf(SHOES), filtered);
        assertScores(
            alone,
            once(
                "{\"query\":{\"match_all\":{}},\"rescore\":{\"window_size\":200,\"query\":{\"query_weight\":0,\"rescore_query\":"
                    + ANN + "}}}"
            )
        );
        assertEquals(alone.keySet(), once("{\"query\":{\"match_all\":{}},\"post_filter\":" + ANN + "}").keySet());
    }

    private Map<String, Float> once(String body) throws IOException {
        Map<String, Float> scores = scores(body);
        assertEquals("users resolved for " + body, 1, profiles().timesAsked());
        return scores;
    }

    public void testAggregations() throws IOException {
        SearchResponse response = search(
            "{\"query\":" + ANN
                + ",\"aggs\":{\"kinds\":{\"terms\":{\"field\":\"kind\"}},\"mine\":{\"filter\":{\"interest\":{\"tracker\":\"shop\","
                + "\"user\":\"ann\",\"query\":" + SHOES + "}}}}}"
        );
        Terms kinds = response.getAggregations().get("kinds");
        assertEquals(5, kinds.getBuckets().size());
        Filter mine = response.getAggregations().get("mine");
        assertEquals(scoresOf(SHOES).size(), mine.getDocCount());
    }

    public void testCount() throws IOException {
        SearchRequest request = new SearchRequest("items")
            .source(source("{\"query\":" + ANN + "}").size(0).trackTotalHits(true));
        assertEquals(Catalogue.SIZE, client().search(request).actionGet().getHits().getTotalHits().value());
        assertEquals(1, profiles().timesAsked());
    }

    public void testMultiSearchResolvesOnceASearch() throws IOException {
        MultiSearchRequest request = new MultiSearchRequest();
        request.add(new SearchRequest("items").source(source("{\"query\":" + ANN + "}")));
        request.add(new SearchRequest("items").source(source("{\"query\":" + ANN + "}")));
        for (MultiSearchResponse.Item item : client().multiSearch(request).actionGet()) {
            assertFalse(item.isFailure());
            assertEquals(Catalogue.SIZE, item.getResponse().getHits().getHits().length);
        }
        assertEquals(2, profiles().timesAsked());
    }

    public void testExplain() throws IOException {
        String query = "{\"interest\":{\"tracker\":\"shop\",\"user\":\"ann\",\"weight\":0.4,\"query\":" + SHOES + "}}";
        SearchHit best = search("{\"query\":" + query + ",\"explain\":true}").getHits().getAt(0);
        assertEquals(best.getScore(), best.getExplanation().getValue().floatValue(), 1e-6);
        profiles().timesAsked();
        ExplainResponse response = client()
            .explain(new ExplainRequest("items", best.getId()).query(source("{\"query\":" + query + "}").query()))
            .actionGet();
        assertTrue(response.isMatch());
        assertTrue(
            response.getExplanation().toString(),
            response.getExplanation().toString().contains("relevance^(1 - weight) * interest^weight")
        );
        assertEquals(1, profiles().timesAsked());
    }

    public void testValidate() throws IOException {
        var valid = client().admin()
            .indices()
            .prepareValidateQuery("items")
            .setQuery(source("{\"query\":" + ANN + "}").query())
            .get();
        assertTrue(valid.isValid());
        var invalid = client().admin()
            .indices()
            .prepareValidateQuery("items")
            .setExplain(true)
            .setQuery(source("{\"query\":{\"interest\":{\"field\":\"kind\",\"vector\":[1]}}}").query())
            .get();
        assertFalse(invalid.isValid());
    }

    public void testUnmappedFieldIsNeutral() throws IOException {
        scoresOf("{\"interest\":{\"field\":\"nowhere\",\"vector\":[1,2]}}").values()
            .forEach(score -> assertEquals(0.5f, score, 0f));
    }

    public void testTheFieldAmongOthers() throws IOException {
        assertEquals(catalogue.vectors.keySet(), scoresOf("{\"exists\":{\"field\":\"embedding\"}}").keySet());
        assertEquals(scoresOf(SHOES), scoresOf("{\"query_string\":{\"query\":\"shoe\",\"fields\":[\"title\"]}}"));
        assertEquals(scoresOf(SHOES).keySet(), scoresOf("{\"query_string\":{\"query\":\"title:shoe\"}}").keySet());
        assertFalse(scoresOf("{\"query_string\":{\"query\":\"shoe\"}}").isEmpty());
        refused(
            400,
            "[interest] field [embedding] of type [interest_vector] can be searched by [interest] and [exists] queries only",
            "{\"query\":{\"match\":{\"embedding\":\"shoe\"}}}"
        );
        for (SearchHit hit : search(
            "{\"query\":{\"exists\":{\"field\":\"embedding\"}},\"fields\":[\"embedding\"],\"_source\":false}"
        ).getHits()) {
            assertEquals(Catalogue.DIMENSION, hit.field("embedding").getValues().size());
        }
    }

    public void testARefusedDocumentIsNotIndexed() throws IOException {
        Exception e = expectThrows(
            Exception.class,
            () -> client().prepareIndex("items")
                .setId("bad")
                .setSource(Map.of("title", "shoe", "embedding", new float[]{ 1, 2 }))
                .get()
        );
        assertEquals(400, ExceptionsHelper.status(e).getStatus());
        assertEquals(
            "[interest] field [embedding] must be an array of [8] finite numbers, but there were [2]", e.getMessage()
        );
        assertFalse(client().prepareGet("items", "bad").get().isExists());
    }

    public void testNeedsExpensiveQueries() throws IOException {
        client().admin()
            .cluster()
            .prepareUpdateSettings()
            .setTransientSettings(Settings.builder().put("search.allow_expensive_queries", false))
            .get();
        refused(
            400,
            "[interest] queries score every match and cannot be executed when [search.allow_expensive_queries] is [false]",
            "{\"query\":" + ANN + "}"
        );
        client().admin()
            .cluster()
            .prepareUpdateSettings()
            .setTransientSettings(Settings.builder().putNull("search.allow_expensive_queries"))
            .get();
    }

    public void testBadInput() {
        bad(
            "[interest] unknown key [wieght]; allowed are [tracker, user,",
            "\"tracker\":\"shop\",\"user\":\"ann\",\"wieght\":0.3"
        );
        bad(
            "[interest] [weight] must be a number in [0,1], but was [1.5]",
            "\"tracker\":\"shop\",\"user\":\"ann\",\"weight\":1.5"
        );
        bad(
            "[interest] [weight] must be a number in [0,1], but was [-0.1]",
            "\"tracker\":\"shop\",\"user\":\"ann\",\"weight\":-0.1"
        );
        bad(
            "[interest] [weight] must be a number, but was [heavy]",
            "\"tracker\":\"shop\",\"user\":\"ann\",\"weight\":\"heavy\""
        );
        bad("[interest] [k] must be in [1,10000], but was [0]", "\"tracker\":\"shop\",\"user\":\"ann\",\"k\":0");
        bad(
            "[interest] [k] must be in [1,10000], but was [1000000]",
            "\"tracker\":\"shop\",\"user\":\"ann\",\"k\":1000000"
        );
        bad("[interest] [k] must be a whole number, but was [1.5]", "\"tracker\":\"shop\",\"user\":\"ann\",\"k\":1.5");
        bad(
            "[interest] [strategy] must be one of [auto, exact, ann], but was [hnsw]",
            "\"tracker\":\"shop\",\"user\":\"ann\",\"strategy\":\"hnsw\""
        );
        bad("[interest] needs exactly one of [user] and [vector], but has neither", "\"tracker\":\"shop\"");
        bad(
            "[interest] needs exactly one of [user] and [vector], but has both",
            "\"tracker\":\"shop\",\"user\":\"ann\",\"vector\":[1]"
        );
        bad(
            "[interest] [user] must be a string of 1 to 512 bytes without control characters, but was []",
            "\"tracker\":\"shop\",\"user\":\"\""
        );
        bad(
            "[interest] [user] must be a string of 1 to 512 bytes without control characters, but has [2048] bytes",
            "\"tracker\":\"shop\",\"user\":\"" + "x".repeat(2048) + "\""
        );
        bad(
            "[interest] [vector] must not be the zero vector: it has no direction",
            "\"field\":\"embedding\",\"vector\":[0,0]"
        );
        bad(
            "[interest] [vector] must hold finite numbers, but number [1] is [Infinity]",
            "\"field\":\"embedding\",\"vector\":[0,1e40]"
        );
        bad(
            "[interest] [vector] must be an array of numbers, but was [1]", "\"field\":\"embedding\",\"vector\":[\"1\"]"
        );
        bad(
            "[interest] [query] must be a query, but was [shoes]",
            "\"tracker\":\"shop\",\"user\":\"ann\",\"query\":\"shoes\""
        );
        bad(
            "[interest] field [embedding] holds vectors of [8] dimensions, but the interest has [2]: both must come from one model",
            "\"field\":\"embedding\",\"vector\":[1,2]"
        );
        bad(
            "[interest] field [kind] must be of type [interest_vector] or [knn_vector], but is of type [keyword]",
            "\"field\":\"kind\",\"vector\":[1,2]"
        );
        refused(
            404, "[interest] unknown tracker [nowhere]",
            "{\"query\":{\"interest\":{\"tracker\":\"nowhere\",\"user\":\"ann\"}}}"
        );
    }

    private void bad(String reason, String clause) {
        refused(400, reason, "{\"query\":{\"interest\":{" + clause + "}}}");
    }
}
