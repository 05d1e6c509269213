package org.opensearch.interest.cluster.profiles;

import org.opensearch.ExceptionsHelper;
import org.opensearch.ResourceNotFoundException;
import org.opensearch.action.admin.indices.datastream.CreateDataStreamAction;
import org.opensearch.action.admin.indices.datastream.DeleteDataStreamAction;
import org.opensearch.action.admin.indices.template.put.PutComposableIndexTemplateAction;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.action.support.clustermanager.AcknowledgedResponse;
import org.opensearch.cluster.metadata.ComposableIndexTemplate;
import org.opensearch.common.xcontent.XContentHelper;
import org.opensearch.common.xcontent.json.JsonXContent;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.xcontent.MediaTypeRegistry;
import org.opensearch.core.xcontent.ToXContent;
import org.opensearch.interest.TestInterestPlugin;
import org.opensearch.interest.api.tracker.TrackerRequest;
import org.opensearch.interest.api.tracker.TransportDeleteTrackerAction;
import org.opensearch.interest.api.tracker.TransportGetTrackersAction;
import org.opensearch.interest.api.tracker.TransportPutTrackerAction;
import org.opensearch.interest.api.user.GetUserRequest;
import org.opensearch.interest.api.user.TransportGetUserAction;
import org.opensearch.interest.cluster.events.TrackEventsRequest;
import org.opensearch.interest.cluster.events.TrackEventsRequest.RawEvent;
import org.opensearch.interest.cluster.events.TrackEventsResponse;
import org.opensearch.interest.cluster.events.TransportTrackEventsAction;
import org.opensearch.interest.cluster.resolve.ResolveInterestRequest;
import org.opensearch.interest.cluster.resolve.ResolvedInterest;
import org.opensearch.interest.cluster.resolve.TransportResolveInterestAction;
import org.opensearch.interest.cluster.store.InterestIndex;
import org.opensearch.interest.core.tracking.ChangeResult;
import org.opensearch.plugins.Plugin;
import org.opensearch.test.OpenSearchSingleNodeTestCase;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tests trackers, events and profiles on one node, through the actions that REST calls. */
public class TrackingTests extends OpenSearchSingleNodeTestCase {
    @Override
    protected Collection<Class<? extends Plugin>> getPlugins() {
        return List.of(TestInterestPlugin.class);
    }

    @Override
    protected boolean resetNodeAfterTest() {
        return true;
    }

    private void putTracker(Map<String, Object> extra) {
        Map<String, Object> json = new HashMap<>(
            Map.of("items", Map.of("index", "products", "vector_field", "v"), "geometry", "off")
        );
        json.putAll(extra);
        AcknowledgedResponse put = client().execute(TransportPutTrackerAction.TYPE, new TrackerRequest("shop", json))
            .actionGet();
        assertTrue(put.isAcknowledged());
    }

    private void products() {
        client().admin()
            .indices()
            .prepareCreate("products")
            .setMapping("v", "type=interest_vector,dimension=3", "title", "type=text")
            .get();
        item("east", 1, 0, 0);
        item("north", 0, 1, 0);
        item("up", 0, 0, 2);
    }

    private void item(String id, float... vector) {
        List<Float> list = new ArrayList<>();
        for (float number : vector) {
            list.add(number);
        }
        client().index(new IndexRequest("products").id(id).source(Map.of("v", list, "title", id))).actionGet();
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    private final List<ChangeResult> send(Map<String, Object>... events) {
        List<RawEvent> raw = Arrays.stream(events).map(RawEvent::of).toList();
        TrackEventsRequest request = new TrackEventsRequest("shop", raw, RefreshPolicy.NONE);
        TrackEventsResponse response = client().execute(TransportTrackEventsAction.TYPE, request).actionGet();
        return response.results();
    }

    private static Map<String, Object> event(String user, String type, Object... more) {
        Map<String, Object> event = new HashMap<>(Map.of("user", user, "type", type));
        for (int i = 0; i < more.length; i += 2) {
            event.put((String) more[i], more[i + 1]);
        }
        return event;
    }

    private Map<String, Object> user(String user, String at) throws Exception {
        var response = client().execute(TransportGetUserAction.TYPE, new GetUserRequest("shop", user, true, at))
            .actionGet();
        BytesReference json = BytesReference
            .bytes(response.toXContent(JsonXContent.contentBuilder(), ToXContent.EMPTY_PARAMS));
        return XContentHelper.convertToMap(json, false, MediaTypeRegistry.JSON).v2();
    }

    @SuppressWarnings("unchecked")
    private static double[] vector(Map<String, Object> profile, String part) {
        Object in = part == null ? profile.get("vector") : ((Map<String, Object>) profile.get(part)).get("vector");
        return ((List<Number>) in).stream().mapToDouble(Number::doubleValue).toArray();
    }

    private static RestStatus status(ChangeResult result) {
        return result.failure() == null ? RestStatus.OK : ExceptionsHelper.status(result.failure());
    }

    public void testAnAnsweredEventIsInTheNextRead() throws Exception {
        products();
        putTracker(Map.of());
        for (int i = 1; i <= 20; i++) {
            assertEquals(ChangeResult.Outcome.APPLIED, send(event("ann", "click", "item", "east")).get(0).outcome());
            assertEquals(i, user("ann", null).get("events"));
        }
        assertArrayEquals(new double[]{ 1, 0, 0 }, vector(user("ann", null), null), 1e-6);
    }

    public void testSumsDecayByTheirHalfLives() throws Exception {
        products();
        putTracker(Map.of("short_term", Map.of("half_life", "1d"), "long_term", Map.of("half_life", "30d")));
        send(
            event("ann", "click", "item", "up", "timestamp", "2026-01-03T00:00:00Z"),
            event("ann", "click", "item", "east", "timestamp", "2026-01-01T00:00:00Z"),
            event("ann", "dislike", "item", "north", "timestamp", "2026-01-02T00:00:00Z")
        );
        Map<String, Object> profile = user("ann", "2026-01-03T00:00:00Z");
        double norm = Math.sqrt(1 + 1 / 16.0);
        assertArrayEquals(new double[]{ 0.25 / norm, 0, 1 / norm }, vector(profile, "short_term"), 1e-6);
        assertArrayEquals(new double[]{ 0, 1, 0 }, vector(profile, "negative"), 1e-6);
        assertEquals(1.25, (double) ((Map<?, ?>) profile.get("short_term")).get("weight"), 1e-9);
        assertEquals(2 * Math.pow(2, -1 / 30.0), (double) ((Map<?, ?>) profile.get("negative")).get("weight"), 1e-9);
        assertEquals("2026-01-01T00:00:00Z", profile.get("first_event"));
        assertEquals("2026-01-03T00:00:00Z", profile.get("last_event"));
        putTracker(
            Map.of("history", false, "short_term", Map.of("half_life", "1d"), "long_term", Map.of("half_life", "30d"))
        );
        send(event("bob", "click", "item", "up", "timestamp", "2026-01-03T00:00:00Z"));
        IllegalArgumentException e = expectThrows(
            IllegalArgumentException.class, () -> user("bob", "2026-01-02T00:00:00Z")
        );
        assertTrue(
            e.getMessage(),
            e.getMessage().contains("[at] must not be before the user's last event at [2026-01-03T00:00:00Z]")
        );
    }

    public void testOneEventsFaultFailsThatEventAlone() {
        products();
        putTracker(Map.of());
        List<ChangeResult> results = send(
            event("ann", "click", "item", "east", "id", "1"), event("ann", "click", "item", "nowhere"),
            event("ann", "click", "vector", List.of(1, 2)), event("ann", "click", "itme", "east"),
            event("ann", "click", "item", "east", "id", "1"), event("bob", "click", "item", "north", "id", "1"),
            event("bob", "impression", "items", List.of("east")),
            event("bob", "click", "item", "east", "timestamp", null)
        );
        assertEquals(ChangeResult.Outcome.APPLIED, results.get(0).outcome());
        assertEquals(RestStatus.NOT_FOUND, status(results.get(1)));
        assertEquals("[interest] no [item] [nowhere] in index [products]", results.get(1).failure().getMessage());
        assertEquals(RestStatus.BAD_REQUEST, status(results.get(2)));
        assertTrue(
            results.get(2).failure().getMessage().contains("[vector] of event must have a vector of [3] dimensions")
        );
        assertEquals(RestStatus.BAD_REQUEST, status(results.get(3)));
        assertEquals(ChangeResult.Outcome.DUPLICATE, results.get(4).outcome());
        assertEquals("ids are a user's own", ChangeResult.Outcome.APPLIED, results.get(5).outcome());
        assertEquals("weak evidence against", ChangeResult.Outcome.APPLIED, results.get(6).outcome());
        assertEquals(RestStatus.BAD_REQUEST, status(results.get(7)));
    }

    public void testItemsWithoutAVectorOrWithoutAnIndex() {
        putTracker(Map.of());
        assertEquals(RestStatus.NOT_FOUND, status(send(event("ann", "click", "item", "east")).get(0)));
        products();
        client().index(new IndexRequest("products").id("bare").source(Map.of("title", "bare"))).actionGet();
        ChangeResult bare = send(event("ann", "click", "item", "bare")).get(0);
        assertEquals(RestStatus.BAD_REQUEST, status(bare));
        assertTrue(
            bare.failure().getMessage(),
            bare.failure().getMessage().contains("[item] [bare] of index [products] has no vector in [v]")
        );
    }

    public void testAnItemThatChangesIsSeenAsItIs() throws Exception {
        products();
        putTracker(Map.of());
        send(event("ann", "click", "item", "east"), event("ann", "click", "item", "east"));
        item("east", 0, 1, 0);
        send(event("bob", "click", "item", "east"), event("bob", "click", "item", "up"));
        double half = Math.sqrt(0.5);
        assertArrayEquals(new double[]{ 0, half, half }, vector(user("bob", null), "long_term"), 1e-6);
        client().admin().indices().prepareDelete("products").get();
        assertEquals(RestStatus.NOT_FOUND, status(send(event("bob", "click", "item", "east")).get(0)));
        products();
        send(event("cec", "click", "item", "east"));
        assertArrayEquals(new double[]{ 1, 0, 0 }, vector(user("cec", null), "long_term"), 1e-6);
        client().prepareDelete("products", "east").get();
        assertEquals(RestStatus.NOT_FOUND, status(send(event("bob", "click", "item", "east")).get(0)));
    }

    public void testTrackersAreKeptChangedAndDeleted() throws Exception {
        putTracker(Map.of("alpha", 0.9));
        products();
        send(event("ann", "click", "item", "east"));
        putTracker(Map.of("alpha", 0.1));
        assertEquals("profiles outlive a change", 1, user("ann", null).get("events"));
        IllegalArgumentException unknownKey = expectThrows(
            IllegalArgumentException.class, () -> putTracker(Map.of("alhpa", 1))
        );
        assertTrue(unknownKey.getMessage().contains("unknown key [alhpa]"));
        ResourceNotFoundException noModel = expectThrows(
            ResourceNotFoundException.class, () -> putTracker(Map.of("model_id", "gpt"))
        );
        assertTrue(
            noModel.getMessage(),
            noModel.getMessage()
                .contains("[model_id] of tracker [shop] names no model: [gpt]; there are [all-minilm-l6-v2]")
        );
        client().execute(TransportDeleteTrackerAction.TYPE, new TrackerRequest("shop", Map.of())).actionGet();
        expectThrows(
            ResourceNotFoundException.class,
            () -> client().execute(TransportGetTrackersAction.TYPE, new TrackerRequest("shop", Map.of())).actionGet()
        );
        expectThrows(ResourceNotFoundException.class, () -> send(event("ann", "click", "item", "east")));
        putTracker(Map.of());
        expectThrows(ResourceNotFoundException.class, () -> user("ann", null));
    }

    public void testATrackerThatContradictsItsIndexIsRefused() throws Exception {
        products();
        assertTrue(
            refusal(Map.of("items", Map.of("index", "products", "vector_field", "title"))).contains(
                "[items.vector_field] must name a field of type [interest_vector] or [knn_vector], but [title] of index [products] is of type [text]"
            )
        );
        assertTrue(
            refusal(Map.of("items", Map.of("index", InterestIndex.TRACKERS))).contains("is one of this plugin's own")
        );
        putTracker(Map.of());
        client().admin().indices().prepareCreate("flat").setMapping("v", "type=interest_vector,dimension=2").get();
        String otherDimension = refusal(Map.of("items", Map.of("index", "flat", "vector_field", "v")));
        assertTrue(
            otherDimension,
            otherDimension.contains(
                "must keep vectors of [3] dimensions, as its profiles have, but field [v] of index [flat] has [2]"
            )
        );
    }

    private String refusal(Map<String, Object> extra) {
        return expectThrows(IllegalArgumentException.class, () -> putTracker(extra)).getMessage();
    }

    public void testItemsMadeAnewWithAnotherDimensionLeaveAPlainSearch() {
        products();
        putTracker(Map.of());
        send(event("ann", "click", "item", "east"));
        client().admin().indices().prepareDelete("products").get();
        client().admin().indices().prepareCreate("products").setMapping("v", "type=interest_vector,dimension=2").get();
        ResolvedInterest resolved = client()
            .execute(TransportResolveInterestAction.TYPE, new ResolveInterestRequest("shop", "ann"))
            .actionGet()
            .interest();
        assertEquals("v", resolved.field());
        assertTrue(resolved.known().isEmpty());
    }

    public void testAnEventOnAnItemMadeAnewWithAnotherDimensionNamesTheFieldAndBoth() {
        products();
        putTracker(Map.of());
        send(event("ann", "click", "item", "east"));
        client().admin().indices().prepareDelete("products").get();
        client().admin().indices().prepareCreate("products").setMapping("v", "type=interest_vector,dimension=2").get();
        item("flat", 0, 1);
        List<ChangeResult> results = send(event("ann", "click", "item", "flat"), event("bob", "click", "item", "flat"));
        assertEquals(RestStatus.BAD_REQUEST, status(results.get(0)));
        assertEquals(
            "[interest] field [v] of index [products] must hold vectors of [3] dimensions, as this user's profile does, but this event's vector "
                + "has [2]: rebuild the tracker's profiles from their history, or put back items with such vectors",
            results.get(0).failure().getMessage()
        );
        assertEquals("nothing that contradicts it", ChangeResult.Outcome.APPLIED, results.get(1).outcome());
    }

    public void testItemsAreInOneIndex() throws Exception {
        products();
        client().admin().indices().prepareCreate("more").setMapping("v", "type=interest_vector,dimension=3").get();
        client().admin().indices().prepareAliases().addAlias("products", "items").get();
        putTracker(Map.of("items", Map.of("index", "items", "vector_field", "v")));
        send(event("ann", "click", "item", "east"));
        client().admin().indices().prepareAliases().addAlias("more", "items").get();
        assertEquals(
            "[interest] [items.index] must be one index, or stand for one, since items are read by their ids, but [items] stands for "
                + "[more, products]",
            refusal(Map.of("items", Map.of("index", "items", "vector_field", "v")))
        );
        // an alias that refers to two indices later
        ChangeResult later = send(event("ann", "click", "item", "east")).get(0);
        assertEquals(RestStatus.BAD_REQUEST, status(later));
        assertTrue(
            later.failure().getMessage(), later.failure().getMessage().contains("[items] has more than one index")
        );
        assertEquals(1, ((Number) user("ann", null).get("events")).intValue());
    }

    public void testADataStreamHasNoItemsToReadById() {
        ComposableIndexTemplate streams = new ComposableIndexTemplate(
            List.of("stream*"), null, null, null, null, null, new ComposableIndexTemplate.DataStreamTemplate()
        );
        client()
            .execute(
                PutComposableIndexTemplateAction.INSTANCE,
                new PutComposableIndexTemplateAction.Request("streams").indexTemplate(streams)
            )
            .actionGet();
        client().execute(CreateDataStreamAction.INSTANCE, new CreateDataStreamAction.Request("stream")).actionGet();
        assertEquals(
            "[interest] [items.index] must be one index, or stand for one, since items are read by their ids, but [stream] is a data stream, "
                + "whose documents cannot be",
            refusal(Map.of("items", Map.of("index", "stream", "vector_field", "v")))
        );
        // the clean-up of the node cannot delete its index
        client().execute(DeleteDataStreamAction.INSTANCE, new DeleteDataStreamAction.Request(new String[]{ "stream" }))
            .actionGet();
    }

    public void testTrackerNamesThatAreNoIndexNames() {
        for (String name : List
            .of("Shop", "a b", "a*", "_x", "-x", "a,b", "a/b", "x".repeat(300), "a#b", "a\"b", ".", "..", ".x")) {
            assertNoTrackerName(name, name);
        }
        assertNoTrackerName("\0", "\\u0000");
        assertNoTrackerName("a\nb", "a\\u000Ab");
        assertNoTrackerName("a\u007f", "a\\u007F");
        assertNoTrackerName("a\u0085b", "a\\u0085b");
        assertNoTrackerName("\u2028", "\\u2028");
        assertNoTrackerName("a\u2029b", "a\\u2029b");
        assertNoTrackerName("a\u200bb", "a\\u200Bb");
        assertNoTrackerName("\u202eb", "\\u202Eb");
        assertNoTrackerName("a\ud800", "a\\uD800");
    }

    private void assertNoTrackerName(String name, String shown) {
        Map<String, Object> json = Map.of("items", Map.of("index", "products"));
        IllegalArgumentException e = expectThrows(
            IllegalArgumentException.class,
            () -> client().execute(TransportPutTrackerAction.TYPE, new TrackerRequest(name, json)).actionGet()
        );
        String reason = "[interest] [tracker] must be a valid name of an index, but was [" + shown + "]: ";
        assertTrue(e.getMessage(), e.getMessage().startsWith(reason));
    }

    public void testAUserIsWhoeverTheirNameSays() throws Exception {
        products();
        putTracker(Map.of());
        for (String name : List.of("a/b", "..", "two words", "🦊", "ünï", "x".repeat(512))) {
            send(event(name, "click", "item", "up"));
            assertEquals(name, user(name, null).get("user"));
            assertEquals(1, user(name, null).get("events"));
        }
    }
}
