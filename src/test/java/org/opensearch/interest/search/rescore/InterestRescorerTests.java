package org.opensearch.interest.search.rescore;

import org.apache.lucene.search.Explanation;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.interest.core.ranking.InterestFunction;
import org.opensearch.interest.core.ranking.RelevanceBlend;
import org.opensearch.interest.core.ranking.SimilarityFunction;
import org.opensearch.interest.search.query.Catalogue;
import org.opensearch.interest.search.query.CatalogueTestCase;
import org.opensearch.search.SearchHit;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rescorer on a real index of three shards, compared with the same blend computed without it. */
public class InterestRescorerTests extends CatalogueTestCase {
    private static final String SHOES = "{\"match\":{\"title\":\"shoe\"}}";
    private static final String ANN = "\"tracker\":\"shop\",\"user\":\"ann\"";

    private static String rescored(int window, String interest) {
        return "{\"query\":" + SHOES + ",\"rescore\":{\"window_size\":" + window + ",\"interest\":{" + interest + "}}}";
    }

    private Map<String, Float> blended(InterestFunction function, RelevanceBlend blend) throws IOException {
        Map<String, Float> scores = new HashMap<>();
        scoresOf(SHOES).forEach((id, score) -> scores.put(id, blend.combine(score, catalogue.interest(function, id))));
        return scores;
    }

    public void testBlendsAsTheQueryDoes() throws IOException {
        float[] given = catalogue.vector();
        for (String blend : List.of("", ",\"blend\":\"multiplicative\"", ",\"blend\":\"saturation\",\"pivot\":2")) {
            RelevanceBlend.Form form = blend.isEmpty() ? RelevanceBlend.Form.GEOMETRIC
                : RelevanceBlend.Form.parse(blend.contains("mult") ? "multiplicative" : "saturation");
            for (float weight : new float[]{ 0f, 0.4f, 1f }) {
                RelevanceBlend expected = new RelevanceBlend(
                    form, weight, form == RelevanceBlend.Form.SATURATION ? 2f : null
                );
                String rest = ",\"weight\":" + weight + blend;
                assertScores(blended(ann, expected), scores(rescored(1_000, ANN + rest)));
                String byVector = "\"field\":\"embedding\",\"vector\":" + vectorJson(given) + rest;
                assertScores(blended(SimilarityFunction.to(given), expected), scores(rescored(1_000, byVector)));
                assertScores(
                    blended(ann, expected), scoresOf("{\"interest\":{" + ANN + rest + ",\"query\":" + SHOES + "}}")
                );
            }
        }
    }

    public void testHitsAreInOrderWhateverTheWindow() throws IOException {
        Map<String, Float> first = scoresOf(SHOES);
        for (int window : new int[]{ 1, 2, 5, 1_000 }) {
            SearchHit[] hits = search(rescored(window, ANN + ",\"weight\":0.6")).getHits().getHits();
            assertEquals(first.size(), hits.length);
            int rescored = 0;
            for (int i = 0; i < hits.length; i++) {
                assertTrue(i == 0 || hits[i - 1].getScore() >= hits[i].getScore());
                String id = hits[i].getId();
                RelevanceBlend blend = new RelevanceBlend(0.6f);
                float inside = blend.combine(first.get(id), catalogue.interest(ann, id));
                float beyond = blend.combine(first.get(id), InterestFunction.NEUTRAL);
                boolean isInside = Math.abs(inside - hits[i].getScore()) < 1e-5f;
                assertTrue(
                    "neither rescored nor neutral: " + id, isInside || Math.abs(beyond - hits[i].getScore()) < 1e-5f
                );
                rescored += isInside ? 1 : 0;
            }
            assertTrue(rescored >= Math.min(window, hits.length));
        }
    }

    public void testAWindowHoldsNoFewerThanNone() throws IOException {
        refused(400, "[interest] [window_size] of a rescorer must be at least [0], but was [-3]", rescored(-3, ANN));
        assertEquals(scoresOf(SHOES).keySet(), scores(rescored(0, ANN)).keySet());
    }

    public void testBeyondTheWindowTheOrderOfTheFirstPassStays() throws IOException {
        Map<String, Integer> place = new LinkedHashMap<>();
        for (SearchHit hit : one(rescored(1_000, ANN + ",\"weight\":0")).getHits()) {
            place.put(hit.getId(), place.size());
        }
        int last = -1;
        // With weight 1 all hits beyond the window have equal scores.
        for (SearchHit hit : one(rescored(3, ANN + ",\"weight\":1")).getHits()) {
            if (place.get(hit.getId()) >= 3) {
                assertTrue(place.get(hit.getId()) > last);
                last = place.get(hit.getId());
            }
        }
    }

    /** All hits of one shard, so that there is one window. */
    private SearchResponse one(String body) throws IOException {
        return client().search(new SearchRequest("items").preference("_shards:0").source(source(body))).actionGet();
    }

    public void testUnknownUserAndWeightZeroLeaveTheFirstPassUntouched() throws IOException {
        List<String> plain = order("{\"query\":" + SHOES + "}");
        Map<String, Float> scores = scoresOf(SHOES);
        for (String interest : List
            .of("\"tracker\":\"shop\",\"user\":\"nobody\",\"weight\":0.5", ANN + ",\"weight\":0")) {
            assertEquals(plain, order(rescored(10, interest)));
            assertEquals(scores, scores(rescored(10, interest)));
        }
    }

    private List<String> order(String body) throws IOException {
        return Arrays.stream(search(body).getHits().getHits()).map(SearchHit::getId).toList();
    }

    public void testAfterAndBeforeOtherRescorers() throws IOException {
        String constant = "{\"window_size\":1000,\"query\":{\"rescore_query\":{\"constant_score\":{\"filter\":{\"match_all\":{}},\"boost\":2}}}}";
        String mine = "{\"window_size\":1000,\"interest\":{" + ANN + ",\"weight\":0.4}}";
        RelevanceBlend blend = new RelevanceBlend(0.4f);
        Map<String, Float> after = new HashMap<>();
        Map<String, Float> before = new HashMap<>();
        scoresOf(SHOES).forEach((id, score) -> {
            after.put(id, blend.combine(score + 2, catalogue.interest(ann, id)));
            before.put(id, blend.combine(score, catalogue.interest(ann, id)) + 2);
        });
        assertScores(after, scores("{\"query\":" + SHOES + ",\"rescore\":[" + constant + "," + mine + "]}"));
        assertScores(before, scores("{\"query\":" + SHOES + ",\"rescore\":[" + mine + "," + constant + "]}"));
    }

    public void testOneLookUpForAllClausesOfASearch() throws IOException {
        String query = "{\"interest\":{" + ANN + "}}";
        String again = "{\"interest\":{" + ANN + ",\"weight\":0.3,\"query\":" + SHOES + "}}";
        String byVector = "{\"interest\":{\"tracker\":\"shop\",\"vector\":" + vectorJson(catalogue.vector()) + "}}";
        profiles().timesAsked();
        search(
            "{\"query\":{\"bool\":{\"should\":[" + query + "," + again + "]}},\"rescore\":{\"interest\":{" + ANN
                + ",\"field\":\"embedding_l2\"}}}"
        );
        assertEquals(1, profiles().timesAsked());
        search("{\"query\":{\"bool\":{\"should\":[" + query + "," + byVector + "," + byVector + "]}}}");
        assertEquals("one for the user, one for the tracker's field", 2, profiles().timesAsked());
        search(
            "{\"query\":{\"bool\":{\"should\":[" + query
                + ",{\"interest\":{\"tracker\":\"shop\",\"user\":\"nobody\"}}]}}}"
        );
        assertEquals("another user is another question", 2, profiles().timesAsked());
    }

    public void testExplains() throws IOException {
        String body = rescored(2, ANN + ",\"weight\":0.4").replace("{\"query\"", "{\"explain\":true,\"query\"");
        int rescored = 0;
        for (SearchHit hit : search(body).getHits()) {
            Explanation told = hit.getExplanation();
            assertEquals(hit.getScore(), told.getValue().floatValue(), 1e-5f);
            assertTrue(
                told.toString(),
                told.toString().contains("personal score, computed as relevance^(1 - weight) * interest^weight")
            );
            rescored += told.toString().contains("beyond the rescorer's window") ? 0 : 1;
        }
        assertTrue(rescored + " rescored", rescored >= 2 && rescored <= 6);
    }

    public void testSeveralFieldsByWeight() throws IOException {
        client().admin()
            .indices()
            .preparePutMapping("items")
            .setSource("bare", "type=interest_vector,dimension=8")
            .get();
        String fields = ANN + ",\"weight\":1,\"fields\":{\"embedding\":3,\"bare\":1}";
        Map<String, Float> scores = scores(rescored(1_000, fields));
        scores.forEach((id, score) -> assertEquals(0.75f * catalogue.interest(ann, id) + 0.25f * 0.5f, score, 1e-5f));
        assertScores(scores, scoresOf("{\"interest\":{" + fields + ",\"query\":" + SHOES + "}}"));
        String listed = ANN + ",\"fields\":[\"embedding\",\"embedding_l2\"]";
        assertScores(scores(rescored(1_000, ANN)), scores(rescored(1_000, listed)));
    }

    public void testIsRefusedWithASortAndBeyondCoresWindow() {
        refused(
            400, "Cannot use [sort] option in conjunction with [rescore].",
            rescored(10, ANN).replace("{\"query\"", "{\"sort\":[\"kind\"],\"query\"")
        );
        refused(400, "Rescore window [20000] is too large.", rescored(20_000, ANN));
        refused(
            400,
            "[interest] field [embedding] holds vectors of [8] dimensions, but the interest has [2]: both must come from one model",
            rescored(10, "\"field\":\"embedding\",\"vector\":[1,2]")
        );
        refused(404, "[interest] unknown tracker [nowhere]", rescored(10, "\"tracker\":\"nowhere\",\"user\":\"ann\""));
    }

    public void testWithoutItemsEverythingIsNeutral() throws IOException {
        Map<String, Float> scores = scores(
            rescored(1_000, "\"field\":\"nowhere\",\"vector\":[1,2],\"weight\":0.5,\"blend\":\"multiplicative\"")
        );
        assertEquals(scoresOf(SHOES), scores);
        assertTrue(scores.size() < Catalogue.SIZE);
    }
}
