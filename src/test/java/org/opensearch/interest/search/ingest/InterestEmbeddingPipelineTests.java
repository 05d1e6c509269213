package org.opensearch.interest.search.ingest;

import org.opensearch.ExceptionsHelper;
import org.opensearch.action.DocWriteResponse;
import org.opensearch.action.bulk.BulkItemResponse;
import org.opensearch.action.bulk.BulkRequest;
import org.opensearch.action.bulk.BulkResponse;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.ingest.PutPipelineRequest;
import org.opensearch.action.ingest.SimulateDocumentBaseResult;
import org.opensearch.action.ingest.SimulatePipelineRequest;
import org.opensearch.action.ingest.SimulatePipelineResponse;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.common.xcontent.XContentType;
import org.opensearch.core.common.bytes.BytesArray;
import org.opensearch.interest.TestInterestPlugin;
import org.opensearch.interest.core.vector.Vectors;
import org.opensearch.plugins.Plugin;
import org.opensearch.test.OpenSearchSingleNodeTestCase;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The processor on a node, with the real model, through every API that indexes documents. */
public class InterestEmbeddingPipelineTests extends OpenSearchSingleNodeTestCase {
    @Override
    protected Collection<Class<? extends Plugin>> getPlugins() {
        return List.of(TestInterestPlugin.class);
    }

    private static final TimeValue ANSWER = TimeValue.timeValueSeconds(60);

    private void pipeline(String options) {
        String json = "{\"processors\":[{\"interest_embedding\":{" + options + "}}]}";
        assertTrue(
            client().admin()
                .cluster()
                .putPipeline(new PutPipelineRequest("p", new BytesArray(json), XContentType.JSON))
                .actionGet()
                .isAcknowledged()
        );
    }

    private String refusal(String options) {
        Exception e = expectThrows(Exception.class, () -> pipeline(options));
        assertEquals(400, ExceptionsHelper.status(e).getStatus());
        Throwable cause = e;
        while (cause.getCause() != null
            && (cause.getMessage() == null || cause.getMessage().startsWith("[interest]") == false)) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }

    private static IndexRequest document(String id, Map<String, Object> source) {
        return new IndexRequest("shop").id(id).source(source).setPipeline("p");
    }

    private Map<String, Object> source(String id) {
        return client().prepareGet("shop", id).get().getSourceAsMap();
    }

    private static float[] vector(Object value) {
        List<?> numbers = (List<?>) value;
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = ((Number) numbers.get(i)).floatValue();
        }
        return vector;
    }

    private Map<String, Object> indexed(String id, Map<String, Object> source) {
        assertEquals(DocWriteResponse.Result.CREATED, client().index(document(id, source)).actionGet().getResult());
        return source(id);
    }

    public void testASingleDocumentGetsItsVector() {
        pipeline("\"fields\":[\"title\",\"about\"],\"target_field\":\"embedding\"");
        float[] both = vector(indexed("1", Map.of("title", "running", "about", "shoes")).get("embedding"));
        assertEquals(384, both.length);
        Vectors.requireUnit("embedding", both);
        float[] same = vector(indexed("2", Map.of("title", List.of("running"), "about", "shoes")).get("embedding"));
        assertArrayEquals(both, same, 0f);
    }

    public void testABulkIsEmbeddedTogetherAndABadDocumentFailsAlone() {
        pipeline("\"fields\":[\"title\"],\"target_field\":\"embedding\"");
        BulkRequest bulk = new BulkRequest();
        for (int i = 0; i < 300; i++) {
            bulk.add(
                document(
                    "" + i,
                    i == 7 ? Map.of("name", "x")
                        : i == 8 ? Map.of("title", Map.of("en", "x")) : Map.of("title", "item number " + i)
                )
            );
        }
        BulkResponse response = client().bulk(bulk).actionGet(ANSWER);
        for (int i = 0; i < 300; i++) {
            BulkItemResponse item = response.getItems()[i];
            assertEquals(item.getFailureMessage(), i == 7 || i == 8, item.isFailed());
        }
        assertEquals(
            "[interest] field [title] is missing, and its text is wanted for [embedding]: give it one, or set [ignore_missing]",
            ExceptionsHelper.unwrapCause(response.getItems()[7].getFailure().getCause()).getMessage()
        );
        assertEquals(400, response.getItems()[7].status().getStatus());
        assertEquals(
            "[interest] field [title] must hold text, numbers, or a list of them, but holds [{en=x}]",
            ExceptionsHelper.unwrapCause(response.getItems()[8].getFailure().getCause()).getMessage()
        );
        // other documents in the bulk had no influence
        float[] inBulk = vector(source("299").get("embedding"));
        float[] alone = vector(indexed("alone", Map.of("title", "item number 299")).get("embedding"));
        assertArrayEquals(inBulk, alone, 0f);
    }

    public void testFieldMapGivesEachFieldItsOwnVector() {
        pipeline(
            "\"field_map\":{\"title\":\"title_vector\",\"plot.short\":\"vectors.plot\"},\"ignore_missing\":true,\"batch_size\":2,\"type\":\"query\""
        );
        BulkRequest bulk = new BulkRequest();
        bulk.add(document("both", Map.of("title", "shoes", "plot", Map.of("short", "a walk"))));
        bulk.add(document("one", Map.of("title", 42)));
        bulk.add(document("none", Map.of("year", 1999, "title", " ")));
        assertFalse(client().bulk(bulk).actionGet(ANSWER).hasFailures());
        assertEquals(384, vector(source("both").get("title_vector")).length);
        assertEquals(384, vector(((Map<?, ?>) source("both").get("vectors")).get("plot")).length);
        assertEquals(384, vector(source("one").get("title_vector")).length);
        assertNull(source("one").get("vectors"));
        assertNull(source("none").get("title_vector"));
    }

    public void testALongTextIsCutAndNeverFails() {
        pipeline("\"fields\":[\"title\"],\"target_field\":\"embedding\"");
        float[] longer = vector(indexed("1", Map.of("title", "shoes ".repeat(200_000))).get("embedding"));
        float[] shorter = vector(indexed("2", Map.of("title", "shoes ".repeat(1_000))).get("embedding"));
        assertArrayEquals(shorter, longer, 0f);
    }

    public void testALongTextsEndCountsWhereItsChunksAreAveraged() {
        String text = "shoes ".repeat(300) + "coffee ".repeat(300);
        pipeline("\"fields\":[\"title\"],\"target_field\":\"embedding\",\"long_text\":\"mean_chunks\"");
        float[] whole = vector(indexed("whole", Map.of("title", text)).get("embedding"));
        float[] shortWhole = vector(indexed("short whole", Map.of("title", "shoes")).get("embedding"));
        pipeline("\"fields\":[\"title\"],\"target_field\":\"embedding\"");
        float[] cut = vector(indexed("cut", Map.of("title", text)).get("embedding"));
        float[] coffee = vector(indexed("coffee", Map.of("title", "coffee")).get("embedding"));
        Vectors.requireUnit("embedding", whole);
        assertTrue(Vectors.cosine(whole, coffee) > Vectors.cosine(cut, coffee) + 0.1);
        assertArrayEquals(vector(indexed("short", Map.of("title", "shoes")).get("embedding")), shortWhole, 0f);
    }

    public void testTheUsualOptionsWork() {
        pipeline(
            "\"fields\":[\"title\"],\"target_field\":\"embedding\",\"tag\":\"t\",\"description\":\"d\","
                + "\"on_failure\":[{\"interest_embedding\":{\"fields\":[\"name\"],\"target_field\":\"second_choice\"}}]"
        );
        BulkRequest bulk = new BulkRequest();
        bulk.add(document("good", Map.of("title", "shoes")));
        bulk.add(document("bad", new HashMap<>(Map.of("name", "x"))));
        assertFalse(client().bulk(bulk).actionGet(ANSWER).hasFailures());
        assertNull(source("good").get("second_choice"));
        assertEquals(384, vector(source("bad").get("second_choice")).length);
        pipeline("\"fields\":[\"title\"],\"target_field\":\"embedding\",\"ignore_failure\":true");
        assertNull(indexed("ignored", Map.of("name", "x")).get("embedding"));
    }

    public void testSimulateShowsTheVector() throws Exception {
        pipeline("\"fields\":[\"title\"],\"target_field\":\"embedding\"");
        SimulatePipelineRequest request = new SimulatePipelineRequest(
            new BytesArray("{\"docs\":[{\"_source\":{\"title\":\"shoes\"}}]}"), XContentType.JSON
        );
        request.setId("p");
        SimulatePipelineResponse response = client().admin().cluster().simulatePipeline(request).actionGet();
        SimulateDocumentBaseResult result = (SimulateDocumentBaseResult) response.getResults().get(0);
        assertNull(result.getFailure());
        assertEquals(384, result.getIngestDocument().getFieldValue("embedding", List.class).size());
    }

    public void testAWrongPipelineIsRefusedWithItsReason() {
        String good = "\"fields\":[\"title\"],\"target_field\":\"e\"";
        String either = "[interest] interest_embedding must have either [fields] and [target_field], or [field_map]: "
            + "{\"fields\":[\"title\"],\"target_field\":\"embedding\"} or {\"field_map\":{\"title\":\"embedding\"}}";
        Map<String, String> refusals = new HashMap<>();
        refusals
            .put("\"model_id\":\"nope\"," + good, "[interest] there is no model [nope]; there are [all-minilm-l6-v2]");
        refusals.put("\"type\":\"query\"", either);
        refusals.put(good + ",\"field_map\":{\"a\":\"b\"}", either);
        refusals.put(
            "\"fields\":[\"title\"]", "[interest] [target_field] of interest_embedding is missing: it must be a string"
        );
        refusals.put(
            "\"target_field\":\"e\"",
            "[interest] [fields] of interest_embedding is missing: it must be a list of field names"
        );
        refusals.put(
            "\"fields\":[],\"target_field\":\"e\"",
            "[interest] [fields] of interest_embedding must be a list of at least one field name, but was [[]]"
        );
        for (String metadata : List.of(
            "_id", "_index", "_routing", "_version", "_version_type", "_if_seq_no", "_source", "_ingest.timestamp"
        )) {
            refusals.put(
                "\"fields\":[\"title\"],\"target_field\":\"" + metadata + "\"",
                "[interest] no vector can go to [" + metadata + "], which is metadata of the document"
            );
        }
        refusals.put(
            "\"fields\":[\"about\",\"title\"],\"target_field\":\"title\"",
            "[interest] no vector can go to [title], which a text is read from"
        );
        refusals.put(
            "\"field_map\":{\"a\":\"b\",\"b\":\"v\"}", "[interest] no vector can go to [b], which a text is read from"
        );
        refusals.put(
            "\"field_map\":{\"a\":\"v\",\"b\":\"v\"}",
            "[interest] two vectors cannot go to one field, but [v] is named twice"
        );
        refusals.put(
            good + ",\"type\":\"poem\"",
            "[interest] [type] of interest_embedding must be one of [passage, query], but was [poem]"
        );
        refusals.put(
            good + ",\"batch_size\":0",
            "[interest] [batch_size] of interest_embedding must be a whole number in [1,2147483647], but was [0]"
        );
        refusals.put(
            good + ",\"skip_existing\":1",
            "[interest] [skip_existing] of interest_embedding must be true or false, but was [1]"
        );
        refusals.put(
            good + ",\"long_text\":\"chop\"",
            "[interest] [long_text] of interest_embedding must be one of [truncate, mean_chunks], but was [chop]"
        );
        refusals.put(
            "\"field_map\":{\"a\":\"v\",\"b\":\"v_fingerprint\"}",
            "[interest] no vector can go to [v_fingerprint], which is kept for the fingerprint of [v]"
        );
        refusals.forEach((options, reason) -> assertEquals(reason, refusal(options)));
        String unknownKey = refusal(good + ",\"modelid\":\"x\"");
        assertTrue(
            unknownKey, unknownKey.contains("doesn't support one or more provided configuration parameters [modelid]")
        );
    }

}
