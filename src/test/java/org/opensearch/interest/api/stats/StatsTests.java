package org.opensearch.interest.api.stats;

import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.interest.RestCall;
import org.opensearch.interest.TestInterestPlugin;
import org.opensearch.interest.api.model.RestEmbedAction;
import org.opensearch.interest.api.tracker.TrackerRequest;
import org.opensearch.interest.api.tracker.TransportPutTrackerAction;
import org.opensearch.interest.cluster.events.TrackEventsRequest;
import org.opensearch.interest.cluster.events.TrackEventsRequest.RawEvent;
import org.opensearch.interest.cluster.events.TransportTrackEventsAction;
import org.opensearch.plugins.Plugin;
import org.opensearch.test.OpenSearchSingleNodeTestCase;
import org.opensearch.transport.client.node.NodeClient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tests of a node's counts after some requests, through the REST dispatcher. */
public class StatsTests extends OpenSearchSingleNodeTestCase {
    @Override
    protected Collection<Class<? extends Plugin>> getPlugins() {
        return List.of(TestInterestPlugin.class);
    }

    @Override
    protected boolean resetNodeAfterTest() {
        return true;
    }

    private RestCall rest() {
        return new RestCall((NodeClient) client(), new RestStatsAction(), new RestEmbedAction());
    }

    private static Map<?, ?> object(Object of, String... path) {
        Object found = of;
        for (String key : path) {
            found = ((Map<?, ?>) found).get(key);
        }
        return (Map<?, ?>) found;
    }

    private static Map<?, ?> without(Map<?, ?> map, String key) {
        Map<?, ?> rest = new HashMap<>(map);
        rest.remove(key);
        return rest;
    }

    private Map<?, ?> only(RestCall.Answer answer) {
        assertEquals(200, answer.status());
        assertEquals(Map.of("total", 1, "successful", 1, "failed", 0), answer.json().get("_nodes"));
        Map<?, ?> nodes = object(answer.json(), "nodes");
        assertEquals(1, nodes.size());
        return (Map<?, ?>) nodes.values().iterator().next();
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    private void send(String tracker, Map<String, Object>... events) {
        List<RawEvent> raw = new ArrayList<>(Arrays.stream(events).map(RawEvent::of).toList());
        client().execute(TransportTrackEventsAction.TYPE, new TrackEventsRequest(tracker, raw, RefreshPolicy.NONE))
            .actionGet();
    }

    private void tracker() {
        Map<String, Object> tracker = Map
            .of("items", Map.of("index", "products", "vector_field", "v"), "geometry", "off");
        client().execute(TransportPutTrackerAction.TYPE, new TrackerRequest("shop", tracker)).actionGet();
    }

    private void search(String user) {
        String query = "{\"interest\":{\"tracker\":\"shop\",\"user\":\"" + user + "\"}}";
        client().prepareSearch("products").setQuery(QueryBuilders.wrapperQuery(query)).get();
    }

    public void testANodeThatDidNothingSaysSo() throws Exception {
        RestCall.Answer answer = rest().get("/_plugins/_interest/stats");
        Map<?, ?> node = only(answer);
        Map<?, ?> nothing = Map.of("count", 0);
        assertEquals(Map.of("count", 0, "bytes", 0), answer.json().get("profiles"));
        assertNotNull(answer.json().get("cluster_name"));
        assertEquals(
            Map.of(
                "requests", 0, "texts", 0, "batches", 0, "shared", 0, "tokens", 0, "rejected", 0, "failed", 0, "queue",
                0, "device", "cpu", "latency", nothing
            ), without(object(node, "inference"), "cache")
        );
        assertEquals(
            Map.of("hits", 0, "misses", 0, "evictions", 0, "refused", 0, "count", 0, "bytes", 0),
            node.get("inference") instanceof Map<?, ?> inference ? inference.get("cache") : null
        );
        assertEquals(
            Map.of("applied", 0, "duplicate", 0, "ignored", 0, "failed", 0, "latency", nothing), node.get("events")
        );
        Map<String, Object> reasons = Map.of(
            "sort", 0, "collapse", 0, "expensive", 0, "scroll", 0, "unknown_user", 0, "no_tracker", 0, "no_variant", 0,
            "failed", 0
        );
        assertEquals(
            Map.of(
                "personalized", 0, "not_personalized", reasons, "diversified", 0, "not_diversified", 0, "captured", 0,
                "not_captured", 0, "explained", 0, "not_explained", 0
            ), node.get("pipelines")
        );
        assertEquals(
            Map.of("queries", 0, "personal", 0, "plain", 0, "degraded", 0, "content_alone", 0, "latency", nothing),
            node.get("search")
        );
    }

    public void testTextsThatTheModelRanOnAreCounted() throws Exception {
        RestCall rest = rest();
        String path = "/_plugins/_interest/models/all-minilm-l6-v2/_embed";
        assertEquals(200, rest.post(path, "{\"texts\":[\"shoes\",\"coffee\",\"shoes\"]}").status());
        assertEquals(404, rest.post("/_plugins/_interest/models/nope/_embed", "{\"texts\":[\"shoes\"]}").status());
        Map<?, ?> inference = object(only(rest.get("/_plugins/_interest/stats")), "inference");
        assertEquals(2, inference.get("requests"));
        assertEquals("equal texts run once", 2, inference.get("texts"));
        assertEquals("one word and the two special tokens each", 6, inference.get("tokens"));
        assertEquals(1, inference.get("failed"));
        assertEquals(0, inference.get("queue"));
        Map<?, ?> latency = object(inference, "latency");
        assertEquals(1, latency.get("count"));
        assertTrue((double) latency.get("p50_ms") > 0);
        assertEquals(latency.get("p50_ms"), latency.get("p99_ms"));
    }

    public void testEventsProfilesAndSearchesAreCounted() throws Exception {
        client().admin().indices().prepareCreate("products").setMapping("v", "type=interest_vector,dimension=3").get();
        tracker();
        List<Integer> vector = List.of(1, 0, 0);
        send(
            "shop", Map.of("user", "ann", "type", "click", "vector", vector, "id", "1"),
            Map.of("user", "ann", "type", "click", "vector", vector, "id", "1"),
            Map.of("user", "bob", "type", "click", "vector", vector),
            Map.of("user", "bob", "type", "impression", "items", List.of("x")),
            Map.of("user", "bob", "type", "no such signal", "vector", vector)
        );
        expectThrows(
            Exception.class, () -> send("no-such-tracker", Map.of("user", "ann", "type", "click", "vector", vector))
        );
        for (String user : List.of("ann", "bob", "nobody")) {
            search(user);
        }
        RestCall.Answer answer = rest().get("/_plugins/_interest/_local/stats");
        Map<?, ?> events = object(only(answer), "events");
        assertEquals(3, events.get("applied"));
        assertEquals(1, events.get("duplicate"));
        assertEquals(0, events.get("ignored"));
        assertEquals(2, events.get("failed"));
        assertEquals(2, object(events, "latency").get("count"));
        assertEquals(2, object(answer.json(), "profiles").get("count"));
        assertTrue(((Number) object(answer.json(), "profiles").get("bytes")).longValue() > 0);
        assertEquals(Map.of("kept", 3, "failed", 0, "expired", 0), object(only(answer), "history"));
        Map<?, ?> search = object(only(answer), "search");
        assertEquals(3, search.get("queries"));
        assertEquals(2, search.get("personal"));
        assertEquals(1, search.get("plain"));
        assertEquals(0, search.get("degraded"));
        // a search must not fail because a profile cannot be read
        client().admin().indices().prepareClose(".plugins-interest-profiles-shop").get();
        search("ann");
        assertEquals(1, object(only(rest().get("/_plugins/_interest/stats")), "search").get("degraded"));
    }

    public void testANodeThatDoesNotExistIsNoNode() throws Exception {
        RestCall.Answer answer = rest().get("/_plugins/_interest/nowhere/stats");
        assertEquals(200, answer.status());
        assertEquals(Map.of("total", 0, "successful", 0, "failed", 0), answer.json().get("_nodes"));
        assertEquals(Map.of(), answer.json().get("nodes"));
    }
}
