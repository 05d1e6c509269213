package org.opensearch.interest.search.ingest;

import org.opensearch.action.bulk.BulkItemResponse;
import org.opensearch.action.bulk.BulkRequest;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.ingest.PutPipelineRequest;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.common.xcontent.XContentType;
import org.opensearch.core.common.bytes.BytesArray;
import org.opensearch.interest.TestInterestPlugin;
import org.opensearch.interest.api.stats.StatsRequest;
import org.opensearch.interest.api.stats.TransportStatsAction;
import org.opensearch.interest.engine.inference.ModelRegistry;
import org.opensearch.plugins.Plugin;
import org.opensearch.test.OpenSearchSingleNodeTestCase;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Documents that are indexed again, as by _reindex and _update_by_query: their source contains vector and fingerprint.
 */
public class SkipExistingTests extends OpenSearchSingleNodeTestCase {
    private static final TimeValue ANSWER = TimeValue.timeValueSeconds(60);
    private static final String TITLE = "\"fields\":[\"title\"],\"target_field\":\"meta.embedding\"";
    private static final String SKIP = ",\"skip_existing\":true";

    @Override
    protected Collection<Class<? extends Plugin>> getPlugins() {
        return List.of(TestInterestPlugin.class);
    }

    /** Disables the cache, so that the counts show the texts that the model ran on. */
    @Override
    protected Settings nodeSettings() {
        return Settings.builder().put("plugins.interest.inference.cache_size", "0b").build();
    }

    private void pipeline(String options) {
        String json = "{\"processors\":[{\"interest_embedding\":{" + options + "}}]}";
        client().admin()
            .cluster()
            .putPipeline(new PutPipelineRequest("p", new BytesArray(json), XContentType.JSON))
            .actionGet();
    }

    private long runs() {
        return client().execute(TransportStatsAction.TYPE, new StatsRequest())
            .actionGet()
            .getNodes()
            .get(0)
            .inference()
            .texts();
    }

    private void index(String index, List<Map<String, Object>> sources) {
        BulkRequest bulk = new BulkRequest();
        for (int i = 0; i < sources.size(); i++) {
            bulk.add(new IndexRequest(index).id("" + i).source(sources.get(i)).setPipeline("p"));
        }
        assertFalse(client().bulk(bulk).actionGet(ANSWER).hasFailures());
    }

    private Map<String, Object> source(String index, int id) {
        return client().prepareGet(index, "" + id).get().getSourceAsMap();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> meta(Map<String, Object> source) {
        return (Map<String, Object>) source.get("meta");
    }

    /** Returns the number of texts that the model runs on when this document alone is indexed. */
    private long runsFor(Map<String, Object> source) {
        long before = runs();
        index("again", List.of(source));
        return runs() - before;
    }

    public void testIndexingUnchangedDocumentsAgainRunsTheModelForNone() {
        pipeline(TITLE + SKIP);
        int documents = 500;
        long before = runs();
        index(
            "first",
            IntStream.range(0, documents)
                .<Map<String, Object>>mapToObj(i -> Map.of("title", "item number " + i))
                .toList()
        );
        assertEquals(documents, runs() - before);
        List<Map<String, Object>> stored = new ArrayList<>();
        for (int i = 0; i < documents; i++) {
            stored.add(source("first", i));
        }
        before = runs();
        index("second", stored);
        assertEquals(0, runs() - before);
        for (int i = 0; i < documents; i++) {
            assertEquals(stored.get(i), source("second", i));
        }
        // one text of all has changed
        stored.get(7).put("title", "something else");
        index("third", stored);
        assertEquals(1, runs() - before);
        assertNotEquals(meta(source("second", 7)), meta(source("third", 7)));
    }

    public void testOnlyAWholeVectorOfTheVeryTextIsKept() {
        pipeline(TITLE + SKIP);
        index("first", List.of(Map.of("title", "shoes")));
        Map<String, Object> stored = source("first", 0);
        assertEquals(0, runsFor(stored));
        assertTrue(meta(stored).get("embedding_fingerprint").toString().matches("[0-9a-f]{32}"));
        for (String part : List.of("embedding", "embedding_fingerprint")) {
            Map<String, Object> without = new HashMap<>(meta(stored));
            without.remove(part);
            assertEquals("without " + part, 1, runsFor(Map.of("title", "shoes", "meta", without)));
        }
        Map<String, Object> shortened = new HashMap<>(meta(stored));
        shortened.put("embedding", List.of(1, 2, 3));
        assertEquals(1, runsFor(Map.of("title", "shoes", "meta", shortened)));
        assertEquals(stored, source("again", 0));
        assertEquals("another text", 1, runsFor(Map.of("title", "Shoes", "meta", meta(stored))));
        pipeline(TITLE + SKIP + ",\"type\":\"query\"");
        assertEquals("another type", 1, runsFor(stored));
        pipeline(TITLE + SKIP + ",\"long_text\":\"mean_chunks\"");
        assertEquals("another way with long texts", 1, runsFor(stored));
    }

    public void testWithoutTheOptionNoFingerprintIsWrittenAndAnOldOneVouchesForNothing() {
        pipeline(TITLE + SKIP);
        index("first", List.of(Map.of("title", "shoes")));
        Map<String, Object> stored = source("first", 0);
        pipeline(TITLE);
        assertEquals(1, runsFor(Map.of("title", "coffee", "meta", meta(stored))));
        assertEquals(Set.of("embedding"), meta(source("again", 0)).keySet());
    }

    public void testOnlyTheVersionThatIsWantedIsUsed() {
        pipeline(TITLE);
        index("items", List.of(Map.of("title", "running shoes")));
        String version = getInstanceFromNode(ModelRegistry.class).info("all-minilm-l6-v2").version().orElseThrow();
        pipeline(TITLE + ",\"model_version\":\"" + version + "\"");
        index("items", List.of(Map.of("title", "running shoes")));
        assertNotNull(meta(source("items", 0)).get("embedding"));
        pipeline(TITLE + ",\"model_version\":\"0123456789abcdef\"");
        BulkRequest bulk = new BulkRequest()
            .add(new IndexRequest("items").id("1").source(Map.of("title", "shoes")).setPipeline("p"));
        BulkItemResponse refused = client().bulk(bulk).actionGet(ANSWER).getItems()[0];
        assertTrue(
            refused.getFailureMessage(),
            refused.getFailureMessage()
                .contains(
                    "[interest] [model_version] of interest_embedding is [0123456789abcdef], but the files of model [all-minilm-l6-v2] on this "
                        + "node are version [" + version + "]: vectors of both in one index would not compare."
                )
        );
        assertFalse(client().prepareGet("items", "1").get().isExists());
    }
}
