package org.opensearch.interest.search.query;

import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.action.support.WriteRequest;
import org.opensearch.common.settings.Settings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Items whose nested documents have one vector each: an item's score is that of its best nested document. */
public class InterestNestedTests extends CatalogueTestCase {
    private final Map<String, Float> best = new HashMap<>();

    @Override
    public void setUp() throws Exception {
        super.setUp();
        client().admin()
            .indices()
            .prepareCreate("books")
            .setSettings(Settings.builder().put("index.number_of_shards", 2))
            .setMapping(
                """
                    {"properties":{"title":{"type":"text"},"kind":{"type":"keyword"},
                      "notes":{"type":"nested","properties":{"text":{"type":"text"}}},
                      "chunks":{"type":"nested","properties":{"text":{"type":"text"},"embedding":{"type":"interest_vector","dimension":8}}}}}"""
            )
            .get();
        for (int i = 0; i < 60; i++) {
            String id = "b" + i;
            float highest = Float.NEGATIVE_INFINITY;
            List<Map<String, Object>> chunks = new ArrayList<>();
            for (int c = i % 4; c > 0; c--) {
                Map<String, Object> chunk = new HashMap<>(Map.of("text", "chunk " + c));
                if (c != 3) {
                    catalogue.vectors.put(id + c, catalogue.vector());
                    chunk.put("embedding", catalogue.vectors.get(id + c));
                    highest = Math.max(highest, catalogue.interest(ann, id + c));
                }
                chunks.add(chunk);
            }
            best.put(id, highest == Float.NEGATIVE_INFINITY ? 0.5f : highest);
            Map<String, Object> book = Map.of(
                "title", "book", "kind", i % 2 == 0 ? "even" : "odd", "chunks", chunks, "notes",
                List.of(Map.of("text", "a note"))
            );
            client().index(
                new IndexRequest("books").id(id)
                    .source(book)
                    .setRefreshPolicy(i == 59 ? WriteRequest.RefreshPolicy.IMMEDIATE : WriteRequest.RefreshPolicy.NONE)
            ).actionGet();
        }
        client().prepareDelete("books", "b7").setRefreshPolicy(WriteRequest.RefreshPolicy.IMMEDIATE).get();
        best.remove("b7");
    }

    private static String ann(String rest) {
        return "{\"interest\":{\"tracker\":\"shop\",\"user\":\"ann\",\"field\":\"chunks.embedding\"" + rest + "}}";
    }

    @Override
    protected SearchResponse search(String body) throws IOException {
        return client().search(new SearchRequest("books").source(source(body))).actionGet();
    }

    public void testAPathIntoNestedPartsTakesTheBest() throws IOException {
        assertScores(best, scoresOf(ann("")));
        assertScores(best, scoresOf(ann(",\"query\":{\"match\":{\"title\":\"book\"}}")));
    }

    public void testInsideANestedQueryEachPartIsScored() throws IOException {
        Map<String, Float> withParts = new HashMap<>(best);
        withParts.keySet().removeIf(id -> Integer.parseInt(id.substring(1)) % 4 == 0);
        String nested = "{\"nested\":{\"path\":\"chunks\",\"score_mode\":\"max\",\"query\":" + ann("") + "}}";
        Map<String, Float> scores = scoresOf(nested);
        assertEquals(withParts.keySet(), scores.keySet());
        scores.forEach((id, score) -> {
            // There, a nested document without a vector is neutral and may be the best.
            boolean hasBarePart = Integer.parseInt(id.substring(1)) % 4 == 3;
            assertEquals(id, hasBarePart ? Math.max(0.5f, best.get(id)) : best.get(id), score, 1e-5f);
        });
    }

    public void testCandidatesByTheirParts() throws IOException {
        Map<String, Float> found = scoresOf(ann(",\"strategy\":\"ann\""));
        Map<String, Float> withVectors = new HashMap<>(best);
        withVectors.keySet().removeIf(id -> Integer.parseInt(id.substring(1)) % 4 == 0);
        assertScores(withVectors, found);
        Map<String, Float> odd = scoresOf(ann(",\"strategy\":\"ann\",\"filter\":{\"term\":{\"kind\":\"odd\"}}"));
        withVectors.keySet().removeIf(id -> Integer.parseInt(id.substring(1)) % 2 == 0);
        assertScores(withVectors, odd);
    }

    public void testRescoredByTheBestPart() throws IOException {
        String rescorer = ann(",\"weight\":1").replace("{\"interest\":", "");
        String body = "{\"query\":{\"match\":{\"title\":\"book\"}},\"rescore\":{\"window_size\":100,\"interest\":"
            + rescorer.substring(0, rescorer.length() - 1) + "}}";
        assertScores(best, scores(body));
    }
}
