package org.opensearch.interest.api.feedback;

import org.opensearch.ExceptionsHelper;
import org.opensearch.OpenSearchTimeoutException;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.common.io.stream.BytesStreamOutput;
import org.opensearch.core.common.Strings;
import org.opensearch.core.xcontent.MediaTypeRegistry;
import org.opensearch.interest.RestCall;
import org.opensearch.interest.TestInterestPlugin;
import org.opensearch.interest.api.tracker.RestTrackerAction;
import org.opensearch.interest.api.user.RestUserAction;
import org.opensearch.interest.cluster.events.TrackEventsRequest;
import org.opensearch.interest.cluster.events.TrackEventsRequest.RawEvent;
import org.opensearch.interest.cluster.events.TransportTrackEventsAction;
import org.opensearch.interest.cluster.history.EventHistory;
import org.opensearch.interest.cluster.resolve.ResolveInterestRequest;
import org.opensearch.interest.cluster.resolve.TransportResolveInterestAction;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.interest.core.experiment.FeedbackCounts;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.VariantAssignment;
import org.opensearch.plugins.Plugin;
import org.opensearch.rest.RestRequest.Method;
import org.opensearch.test.OpenSearchSingleNodeTestCase;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.client.node.NodeClient;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tests of feedback reports on one node with simulated clicks: a report finds a simulated effect, and finds none if
 * there is none.
 */
public class FeedbackTests extends OpenSearchSingleNodeTestCase {
    private static final String TRACKER = "/_plugins/_interest/trackers/shop";
    private static final long MINUTE = 60_000;
    private static final List<String> ITEMS = List.of("a", "b", "c", "d");
    private static final String EXPERIMENT = """
        {"name":"warm","variants":{"plain":{"share":0.5,"weight":0},"personal":{"share":0.5,"weight":0.5}}}""";

    private final long start = System.currentTimeMillis() / MINUTE * MINUTE - 600 * MINUTE;

    @Override
    protected Collection<Class<? extends Plugin>> getPlugins() {
        return List.of(TestInterestPlugin.class);
    }

    @Override
    protected boolean resetNodeAfterTest() {
        return true;
    }

    @Override
    public void setUp() throws Exception {
        super.setUp();
        client().admin()
            .indices()
            .prepareCreate("products")
            .setMapping("embedding", "type=interest_vector,dimension=3")
            .get();
        for (String item : ITEMS) {
            client()
                .index(
                    new IndexRequest("products").id(item)
                        .source(Map.of("embedding", List.of(1, ITEMS.indexOf(item), 1)))
                )
                .actionGet();
        }
        client().admin().indices().prepareRefresh("products").get();
        tracker(",\"experiment\":" + EXPERIMENT);
    }

    private void tracker(String more) throws Exception {
        String json = "{\"items\":{\"index\":\"products\"},\"geometry\":\"off\",\"signals\":{\"impression\":0}" + more
            + "}";
        RestCall.Answer answer = send(Method.PUT, TRACKER, json);
        assertEquals(answer.json().toString(), 200, answer.status());
    }

    private RestCall.Answer send(Method method, String path, String json) throws Exception {
        return new RestCall(
            getInstanceFromNode(NodeClient.class), new RestTrackerAction(), new RestUserAction(),
            new RestFeedbackAction()
        ).send(method, path, json);
    }

    private Map<String, Object> feedback(String parameters) throws Exception {
        RestCall.Answer answer = send(Method.GET, TRACKER + "/_feedback" + parameters, null);
        assertEquals(answer.json().toString(), 200, answer.status());
        return answer.json();
    }

    private void record(List<Map<String, Object>> events) {
        for (int i = 0; i < events.size(); i += 500) {
            List<RawEvent> some = events.subList(i, Math.min(i + 500, events.size()))
                .stream()
                .map(RawEvent::of)
                .toList();
            TrackEventsRequest request = new TrackEventsRequest("shop", new ArrayList<>(some), RefreshPolicy.NONE);
            client().execute(TransportTrackEventsAction.TYPE, request)
                .actionGet()
                .results()
                .forEach(result -> assertNull(result.failure()));
        }
    }

    private static Map<String, Object> event(String user, String type, long time, Object... more) {
        Map<String, Object> event = new HashMap<>(Map.of("user", user, "type", type, "timestamp", time));
        for (int i = 0; i < more.length; i += 2) {
            event.put((String) more[i], more[i + 1]);
        }
        return event;
    }

    private String variantOf(String user) {
        ResolveInterestRequest ask = new ResolveInterestRequest("shop", user);
        VariantAssignment part = client().execute(TransportResolveInterestAction.TYPE, ask).actionGet().assignment();
        return part.variant().name();
    }

    private static Object at(Map<?, ?> json, Object... path) {
        Object value = json;
        for (Object key : path) {
            value = value instanceof List<?> list ? list.get((int) key) : ((Map<?, ?>) value).get(key);
        }
        return value;
    }

    private static double number(Map<?, ?> json, Object... path) {
        return ((Number) at(json, path)).doubleValue();
    }

    /**
     * Returns the events of a user: three pages of four items; the user clicks on each item with the given probability.
     */
    private List<Map<String, Object>> user(String user, double liking, SplittableRandom random, Object... more) {
        List<Map<String, Object>> events = new ArrayList<>();
        for (int page = 0; page < 3; page++) {
            long time = start + page * 60L * MINUTE;
            events.add(event(user, "impression", time, join(more, "items", ITEMS)));
            for (String item : ITEMS) {
                if (random.nextDouble() < liking) {
                    events.add(event(user, "click", time + MINUTE, join(more, "item", item)));
                }
            }
        }
        return events;
    }

    private static Object[] join(Object[] more, Object... two) {
        List<Object> all = new ArrayList<>(List.of(more));
        all.addAll(List.of(two));
        return all.toArray();
    }

    public void testAnEffectThatWasPlantedIsFound() throws Exception {
        SplittableRandom random = new SplittableRandom(3);
        List<Map<String, Object>> events = new ArrayList<>();
        long clicks = 0;
        for (int i = 0; i < 160; i++) {
            String user = "user" + i;
            // the events name no variant: the plugin records the variant that a search would have assigned
            double liking = (variantOf(user).equals("personal") ? 0.5 : 0.15) + 0.2 * (random.nextDouble() - 0.5);
            List<Map<String, Object>> own = user(user, liking, random);
            clicks += own.size() - 3;
            events.addAll(own);
        }
        record(events);
        Map<String, Object> report = feedback("");
        assertEquals(160, report.get("users"));
        assertEquals(160 * 3, report.get("pages"));
        assertEquals(160 * 12, report.get("impressions"));
        assertEquals((double) clicks, number(report, "clicks"), 0);
        assertEquals(clicks / (160.0 * 12), number(report, "click_through", "value"), 1e-9);
        assertEquals(true, report.get("complete"));
        assertEquals(List.of(), report.get("notes"));
        assertEquals("plain", at(report, "experiment", "control"));
        assertEquals(
            160.0, number(report, "variants", "plain", "users") + number(report, "variants", "personal", "users"), 0
        );
        Map<?, ?> difference = (Map<?, ?>) at(report, "experiment", "differences", "personal");
        assertEquals(difference.toString(), true, difference.get("enough_data"));
        assertEquals(0.35, number(difference, "click_through", "value"), 0.1);
        assertTrue(difference.toString(), number(difference, "click_through", "ci", 0) > 0.2);
        assertEquals(Set.of("personal"), ((Map<?, ?>) at(report, "experiment", "differences")).keySet());
        assertEquals("by position", 160.0 * 3, number(report, "positions", 3, "impressions"), 0);
        assertEquals(3, at(report, "positions", 3, "position"));
        assertEquals(0, at(report, "conversions"));

        // events of this experiment do not count for another one
        Map<String, Object> other = feedback("?experiment=cold");
        assertEquals(Map.of(), other.get("variants"));
        assertEquals(false, at(other, "experiment", "enough_data"));
        assertEquals(160 * 12, other.get("impressions"));

        // a report keeps the order of its keys between nodes
        FeedbackResponse response = client()
            .execute(TransportFeedbackAction.TYPE, new FeedbackRequest("shop", 0, null, null, null))
            .actionGet();
        try (BytesStreamOutput out = new BytesStreamOutput()) {
            response.writeTo(out);
            FeedbackResponse copy = new FeedbackResponse(out.bytes().streamInput());
            assertEquals(
                Strings.toString(MediaTypeRegistry.JSON, response), Strings.toString(MediaTypeRegistry.JSON, copy)
            );
        }

        // a deleted user no longer counts
        assertEquals(200, send(Method.DELETE, TRACKER + "/users/user7", null).status());
        assertEquals(159, feedback("").get("users"));
    }

    public void testWhereThereIsNoEffectNoneIsFound() throws Exception {
        SplittableRandom random = new SplittableRandom(9);
        List<Map<String, Object>> events = new ArrayList<>();
        for (int i = 0; i < 160; i++) {
            events
                .addAll(user("user" + i, i % 4 < 2 ? 0.6 : 0.1, random, "variant", i % 2 == 0 ? "plain" : "personal"));
        }
        record(events);
        Map<?, ?> difference = (Map<?, ?>) at(feedback(""), "experiment", "differences", "personal");
        assertEquals(true, difference.get("enough_data"));
        assertTrue(
            difference.toString(),
            number(difference, "click_through", "ci", 0) < 0 && number(difference, "click_through", "ci", 1) > 0
        );
        // half of the users click six times as often as the others: a user's clicks are correlated, and the interval is
        // wider for it
        assertTrue(number(difference, "click_through", "ci", 1) - number(difference, "click_through", "ci", 0) > 0.15);
    }

    public void testTooLittleSaysSo() throws Exception {
        Map<String, Object> nothing = feedback("");
        assertEquals(0, nothing.get("users"));
        assertEquals(false, at(nothing, "experiment", "enough_data"));
        assertEquals("nothing was shown under two variants of [warm]", at(nothing, "experiment", "why"));
        record(
            List.of(
                event("ann", "impression", start, "items", ITEMS, "variant", "plain"),
                event("ben", "impression", start, "items", ITEMS, "clicked", List.of("b"), "variant", "personal"),
                event("ben", "purchase", start + MINUTE, "item", "b"),
                event("ben", "dislike", start + MINUTE, "item", "a"),
                event("ben", "search", start + MINUTE, "vector", List.of(1, 0, 0), "weight", 1)
            )
        );
        Map<String, Object> little = feedback("?from=" + start + "&to=" + (start + MINUTE));
        Map<?, ?> difference = (Map<?, ?>) at(little, "experiment", "differences", "personal");
        assertEquals(false, difference.get("enough_data"));
        assertEquals("[personal] was shown to [1] users, and [30] are needed", difference.get("why"));
        assertEquals(1, at(little, "variants", "personal", "clicks"));
        assertEquals(1, at(little, "variants", "personal", "conversions"));
        assertEquals(1, at(little, "positions", 1, "conversions"));
        assertEquals(0, at(feedback("?conversions=cart"), "conversions"));
        assertEquals(List.of("cart", "comment", "purchase", "rating"), little.get("conversion_types"));
        assertEquals("the purchase came later", 0, at(feedback("?to=" + (start + MINUTE - 1)), "conversions"));
        assertEquals(0, feedback("?from=" + (start + 1)).get("pages"));
    }

    public void testPicksOfTheBetterTeamWin() throws Exception {
        SplittableRandom random = new SplittableRandom(5);
        List<Map<String, Object>> events = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            events.add(event("user" + i, "impression", start, "items", ITEMS, "variant", "interleaved"));
            String team = random.nextDouble() < 0.8 ? "personal" : "plain";
            events.add(event("user" + i, "click", start + MINUTE, "item", "a", "team", team));
            if (i < 10) {
                events.add(
                    event(
                        "user" + i, "click", start + MINUTE, "item", "b", "team",
                        team.equals("plain") ? "personal" : "plain"
                    )
                );
            }
        }
        record(events);
        Map<String, Object> report = feedback("");
        assertEquals(10, at(report, "interleaving", "ties"));
        double wins = number(report, "interleaving", "wins", "personal");
        assertEquals(70, wins + number(report, "interleaving", "wins", "plain"), 0);
        Map<?, ?> preference = (Map<?, ?>) at(report, "interleaving", "preferences", "personal");
        assertEquals(wins / 70, number(preference, "share", "value"), 1e-9);
        assertTrue(number(preference, "share", "ci", 0) > 0.5);
        assertTrue(number(preference, "p_value") < 0.001);
        assertEquals(true, preference.get("enough_data"));
        assertEquals(Set.of("interleaved"), ((Map<?, ?>) report.get("variants")).keySet());
        assertEquals(Map.of(), at(report, "experiment", "differences"));
    }

    /** Beyond the limit of events, whole users are left out, and no user is counted in part. */
    public void testAScanThatEndsEarlyCountsWholeUsers() throws Exception {
        List<Map<String, Object>> events = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            events.addAll(user("user" + i, 1, new SplittableRandom(1)));
        }
        record(events);
        PlainActionFuture<Tracker> tracker = PlainActionFuture.newFuture();
        getInstanceFromNode(TrackerStore.class).get("shop", tracker);
        EventHistory history = getInstanceFromNode(EventHistory.class);
        PlainActionFuture<Void> refreshed = PlainActionFuture.newFuture();
        history.refresh(tracker.actionGet(), refreshed);
        refreshed.actionGet();
        for (int page : new int[]{ 1, 7, 15, 100, 1_000 }) {
            FeedbackReading enough = read(
                history, tracker.actionGet(), page, new FeedbackReading("warm", Set.of(), 40, () -> true)
            );
            assertFalse(enough.isComplete());
            assertEquals("of 15 events each", 3, enough.finish().users());
            assertWhole(enough.finish());
            FeedbackReading all = read(
                history, tracker.actionGet(), page, new FeedbackReading("warm", Set.of(), 1_000, () -> true)
            );
            assertTrue(all.isComplete());
            assertEquals(20, all.finish().users());
            assertEquals(300, all.events());
            assertWhole(all.finish());
        }
        AtomicInteger pages = new AtomicInteger();
        FeedbackReading four = new FeedbackReading("warm", Set.of(), 1_000, () -> pages.incrementAndGet() < 4);
        FeedbackReading late = read(history, tracker.actionGet(), 20, four);
        assertFalse(late.isComplete());
        assertEquals("of 60 events the last user's may be some", 3, late.finish().users());
        assertWhole(late.finish());
    }

    private static void assertWhole(FeedbackCounts feedback) {
        assertEquals(feedback.users() * 12, feedback.total().all().clicks().successes());
        assertEquals(feedback.users() * 3, feedback.total().pages());
    }

    private FeedbackReading read(EventHistory history, Tracker tracker, int page, FeedbackReading reading) {
        PlainActionFuture<Void> done = PlainActionFuture.newFuture();
        ThreadPool threads = getInstanceFromNode(ThreadPool.class);
        history.scanByUser(tracker, 0, Long.MAX_VALUE, page, threads.generic(), reading, done);
        done.actionGet();
        return reading;
    }

    public void testWhatIsWrongIsNamed() throws Exception {
        refused(
            400,
            "[interest] [from] must be a time as ISO 8601 or milliseconds since 1970, not before 1970, but was [yesterday]",
            "?from=yesterday"
        );
        refused(
            400,
            "[interest] [to] must not be before [from], which is [2026-01-02T00:00:00Z], but was [2026-01-01T00:00:00Z]",
            "?from=2026-01-02&to=2026-01-01"
        );
        refused(
            400,
            "[interest] [conversions] must be signals of the tracker with a weight above 0, "
                + "[cart, click, comment, purchase, rating, search, view], but was [buy]",
            "?conversions=buy"
        );
        refused(
            400, "[interest] [conversions] must be names of signals with commas between, but was []", "?conversions="
        );
        refused(
            400, "[interest] [conversions] must be names of signals with commas between, but was [,]", "?conversions=,"
        );
        refused(400, "[interest] [experiment] must be the name of an experiment, but was []", "?experiment=");
        Exception late = TransportFeedbackAction.late(new OpenSearchTimeoutException("late"));
        assertEquals(503, ExceptionsHelper.status(late).getStatus());
        assertEquals(
            "[interest] the history did not answer within [1m]: ask again later, or for less of it by [from] and [to]",
            late.getMessage()
        );
        RestCall.Answer unknown = send(Method.GET, "/_plugins/_interest/trackers/nowhere/_feedback", null);
        assertEquals(404, unknown.status());
        tracker(",\"history\":false");
        assertEquals(
            List.of("the tracker keeps no events: these are of the time before its history was switched off"),
            feedback("").get("notes")
        );
    }

    private void refused(int status, String reason, String parameters) throws Exception {
        RestCall.Answer answer = send(Method.GET, TRACKER + "/_feedback" + parameters, null);
        assertEquals(status, answer.status());
        assertTrue(answer.reason(), answer.reason().contains(reason));
    }
}
