package org.opensearch.interest.search.ingest;

import org.opensearch.ExceptionsHelper;
import org.opensearch.action.bulk.BulkRequest;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.ingest.PutPipelineRequest;
import org.opensearch.action.ingest.SimulateDocumentBaseResult;
import org.opensearch.action.ingest.SimulateDocumentVerboseResult;
import org.opensearch.action.ingest.SimulatePipelineRequest;
import org.opensearch.action.ingest.SimulatePipelineResponse;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.common.xcontent.XContentHelper;
import org.opensearch.common.xcontent.XContentType;
import org.opensearch.common.xcontent.json.JsonXContent;
import org.opensearch.core.common.bytes.BytesArray;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.core.xcontent.MediaTypeRegistry;
import org.opensearch.core.xcontent.ToXContent;
import org.opensearch.interest.TestInterestPlugin;
import org.opensearch.interest.api.stats.StatsRequest;
import org.opensearch.interest.api.stats.TransportStatsAction;
import org.opensearch.interest.api.tracker.TrackerRequest;
import org.opensearch.interest.api.tracker.TransportPutTrackerAction;
import org.opensearch.interest.api.user.GetUserRequest;
import org.opensearch.interest.api.user.TransportGetUserAction;
import org.opensearch.interest.core.tracking.EventCounts;
import org.opensearch.plugins.Plugin;
import org.opensearch.test.OpenSearchSingleNodeTestCase;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The processor on a node, through every API that indexes documents. */
public class InterestTrackPipelineTests extends OpenSearchSingleNodeTestCase {
    private static final TimeValue ANSWER = TimeValue.timeValueSeconds(60);

    @Override
    protected Collection<Class<? extends Plugin>> getPlugins() {
        return List.of(TestInterestPlugin.class);
    }

    @Override
    protected boolean resetNodeAfterTest() {
        return true;
    }

    private void pipeline(String options) {
        String json = "{\"processors\":[{\"interest_track\":{" + options + "}}]}";
        client().admin()
            .cluster()
            .putPipeline(new PutPipelineRequest("p", new BytesArray(json), XContentType.JSON))
            .actionGet();
    }

    private void shop() {
        client().admin().indices().prepareCreate("products").setMapping("v", "type=interest_vector,dimension=3").get();
        client().index(new IndexRequest("products").id("east").source(Map.of("v", List.of(1, 0, 0)))).actionGet();
        client().index(new IndexRequest("products").id("north").source(Map.of("v", List.of(0, 1, 0)))).actionGet();
        Map<String, Object> tracker = Map
            .of("items", Map.of("index", "products", "vector_field", "v"), "geometry", "off");
        client().execute(TransportPutTrackerAction.TYPE, new TrackerRequest("shop", tracker)).actionGet();
    }

    private static IndexRequest document(String id, Map<String, Object> source) {
        return new IndexRequest("events").id(id).source(source).setPipeline("p");
    }

    private static Map<String, Object> ubi(String action, String user, String object) {
        Map<String, Object> event = new HashMap<>(
            Map.of("action_name", action, "client_id", user, "timestamp", "2026-01-03T00:00:00Z")
        );
        if (object != null) {
            event.put("event_attributes", Map.of("object", Map.of("object_id", object)));
        }
        return event;
    }

    private Object error(String id) {
        return client().prepareGet("events", id).get().getSourceAsMap().get("interest_error");
    }

    private Object events(String user) throws Exception {
        var response = client().execute(TransportGetUserAction.TYPE, new GetUserRequest("shop", user, false, null))
            .actionGet();
        BytesReference json = BytesReference
            .bytes(response.toXContent(JsonXContent.contentBuilder(), ToXContent.EMPTY_PARAMS));
        return XContentHelper.convertToMap(json, false, MediaTypeRegistry.JSON).v2().get("events");
    }

    private EventCounts.Reading counts() {
        return client().execute(TransportStatsAction.TYPE, new StatsRequest()).actionGet().getNodes().get(0).events();
    }

    public void testABulkOfUbiEventsIsTrackedInOneRequestAndAlwaysIndexed() throws Exception {
        shop();
        pipeline("\"tracker\":\"shop\",\"preset\":\"ubi\"");
        BulkRequest bulk = new BulkRequest();
        for (int i = 0; i < 100; i++) {
            bulk.add(document("click-" + i, ubi("click", "user-" + i % 10, i % 2 == 0 ? "east" : "north")));
        }
        bulk.add(document("gone", ubi("click", "user-0", "no such item")));
        bulk.add(document("login", ubi("login", "user-0", null)));
        bulk.add(document("impression", ubi("impression", "user-0", "east")));
        bulk.add(document("click-on-nothing", ubi("click", "user-0", null)));
        Map<String, Object> unknownUser = ubi("click", "x", "east");
        unknownUser.remove("client_id");
        bulk.add(document("nobody", unknownUser));
        assertFalse(client().bulk(bulk).actionGet(ANSWER).hasFailures());
        for (int user = 0; user < 10; user++) {
            assertEquals(10, events("user-" + user));
        }
        assertNull(error("click-0"));
        assertEquals("[interest] no [item] [no such item] in index [products]", error("gone"));
        assertEquals("[interest] [user] of event is missing: it must be a string", error("nobody"));
        for (String ignored : List.of("login", "impression", "click-on-nothing")) {
            assertNull(ignored, error(ignored));
        }
        EventCounts.Reading counts = counts();
        assertEquals(100, counts.applied());
        assertEquals(3, counts.ignored());
        assertEquals(2, counts.failed());
        assertEquals("one request for the whole bulk", 1, counts.latency().count());
        // sent again, as after a lost response: the document's id identifies its event
        assertFalse(
            client().bulk(new BulkRequest().add(document("click-0", ubi("click", "user-0", "east"))))
                .actionGet(ANSWER)
                .hasFailures()
        );
        assertEquals(10, events("user-0"));
        assertEquals(1, counts().duplicate());
    }

    public void testFieldsOfOnesOwnAndASingleDocument() throws Exception {
        shop();
        pipeline(
            "\"tracker\":\"shop\",\"user_field\":\"who.keyword\",\"type_field\":\"a.did\",\"item_field\":\"a.what\",\"error_field\":\"why.not\""
        );
        Map<String, Object> good = Map.of("who", 7, "a", Map.of("did", "purchase", "what", "east"));
        client().index(document("good", good)).actionGet(ANSWER);
        assertEquals(1, events("7"));
        client().index(document("bad", Map.of("who", 7, "a", Map.of("did", "yawn", "what", "east")))).actionGet(ANSWER);
        Map<?, ?> why = (Map<?, ?>) client().prepareGet("events", "bad").get().getSourceAsMap().get("why");
        String reason = (String) why.get("not");
        assertTrue(reason, reason.startsWith("[interest] [type] of event must be one of the tracker's signals ["));
        // corrected and indexed again, the document no longer contains the rejection
        Map<String, Object> right = Map
            .of("who", 7, "a", Map.of("did", "click", "what", "east"), "why", Map.of("not", reason));
        client().index(document("bad", right)).actionGet(ANSWER);
        assertEquals(Map.of(), client().prepareGet("events", "bad").get().getSourceAsMap().get("why"));
        assertEquals(2, events("7"));
    }

    public void testATrackerMayComeLaterAndIsMissedUntilThen() throws Exception {
        pipeline("\"tracker\":\"shop\",\"preset\":\"ubi\",\"tag\":\"t\",\"ignore_failure\":true");
        client().index(document("early", ubi("click", "ann", "east"))).actionGet(ANSWER);
        String missed = (String) error("early");
        assertTrue(missed, missed.startsWith("[interest] no [tracker] named [shop]"));
        assertEquals(1, counts().failed());
        shop();
        client().index(document("late", ubi("click", "ann", "east"))).actionGet(ANSWER);
        assertNull(error("late"));
        assertEquals(1, events("ann"));
    }

    public void testSimulateTracksNothingAndShowsWhatItWould() throws Exception {
        shop();
        pipeline("\"tracker\":\"shop\",\"preset\":\"ubi\"");
        for (boolean verbose : new boolean[]{ false, true }) {
            SimulatePipelineRequest request = new SimulatePipelineRequest(
                new BytesArray(
                    "{\"docs\":[{\"_id\":\"e\",\"_source\":{\"action_name\":\"click\",\"user_id\":\"ann\",\"event_id\":\"7\"}}]}"
                ), XContentType.JSON
            );
            request.setId("p");
            request.setVerbose(verbose);
            SimulatePipelineResponse response = client().admin().cluster().simulatePipeline(request).actionGet(ANSWER);
            var result = response.getResults().get(0);
            var document = verbose
                ? ((SimulateDocumentVerboseResult) result).getProcessorResults().get(0).getIngestDocument()
                : ((SimulateDocumentBaseResult) result).getIngestDocument();
            assertEquals(
                Map.of("user", "ann", "type", "click", "id", "7"), document.getIngestMetadata().get("interest_event")
            );
            assertFalse(document.hasField("interest_error"));
        }
        EventCounts.Reading counts = counts();
        assertEquals(0, counts.latency().count());
        // the mark does not outlive its request
        client().index(document("real", ubi("click", "ann", "east"))).actionGet(ANSWER);
        assertEquals(1, counts().applied());
    }

    public void testAWrongPipelineIsRefusedWithItsReason() {
        Map<String, String> refusals = new HashMap<>();
        refusals.put("\"preset\":\"ubi\"", "[interest] [tracker] of interest_track is missing: it must be a string");
        refusals.put(
            "\"tracker\":\"shop\",\"preset\":\"matomo\"",
            "[interest] [preset] of interest_track must be one of [ubi], but was [matomo]"
        );
        refusals.put(
            "\"tracker\":\" \"", "[interest] [tracker] of interest_track must be the name of a tracker, but was [ ]"
        );
        refusals.put(
            "\"tracker\":\"shop\",\"user_field\":\"a..b\"",
            "[interest] [user_field] of interest_track must be the name of a field, but was [a..b]"
        );
        refusals.put(
            "\"tracker\":\"shop\",\"error_field\":7",
            "[interest] [error_field] of interest_track must be a string, but was [7]"
        );
        refusals.forEach((options, reason) -> {
            Exception e = expectThrows(Exception.class, () -> pipeline(options));
            assertEquals(400, ExceptionsHelper.status(e).getStatus());
            Throwable cause = e;
            while (cause.getCause() != null
                && (cause.getMessage() == null || cause.getMessage().startsWith("[interest]") == false)) {
                cause = cause.getCause();
            }
            assertEquals(reason, cause.getMessage());
        });
        Exception unknown = expectThrows(Exception.class, () -> pipeline("\"tracker\":\"shop\",\"usr_field\":\"u\""));
        assertTrue(
            ExceptionsHelper.stackTrace(unknown),
            ExceptionsHelper.stackTrace(unknown).contains("provided configuration parameters [usr_field]")
        );
    }
}
