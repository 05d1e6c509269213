package org.opensearch.interest.cluster.profiles;

import org.opensearch.OpenSearchStatusException;
import org.opensearch.ResourceNotFoundException;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.xcontent.XContentHelper;
import org.opensearch.common.xcontent.json.JsonXContent;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.core.xcontent.MediaTypeRegistry;
import org.opensearch.core.xcontent.ToXContent;
import org.opensearch.interest.api.feature.UserRequest;
import org.opensearch.interest.api.user.GetUserRequest;
import org.opensearch.interest.api.user.TransportDeleteEventAction;
import org.opensearch.interest.api.user.TransportGetUserAction;
import org.opensearch.interest.cluster.history.HistoryTestCase;
import org.opensearch.interest.cluster.store.InterestIndex;
import org.opensearch.interest.core.profile.DecayedSum;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.vector.Vectors;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tests what the history makes possible for one user: past profiles and deleted events. */
public class CounterfactualHistoryTests extends HistoryTestCase {
    private final long now = System.currentTimeMillis();

    private void deletion(String user, String id) {
        assertTrue(
            client().execute(TransportDeleteEventAction.TYPE, new UserRequest("shop", user, Map.of("id", id)))
                .actionGet()
                .isAcknowledged()
        );
    }

    private Map<String, Object> user(String user, Long at) throws Exception {
        var response = client()
            .execute(
                TransportGetUserAction.TYPE, new GetUserRequest("shop", user, true, at == null ? null : at.toString())
            )
            .actionGet();
        BytesReference json = BytesReference
            .bytes(response.toXContent(JsonXContent.contentBuilder(), ToXContent.EMPTY_PARAMS));
        return XContentHelper.convertToMap(json, false, MediaTypeRegistry.JSON).v2();
    }

    private static void assertSame(DecayedSum expected, DecayedSum actual, long at) {
        assertEquals(expected.isEmpty(), actual.isEmpty());
        if (expected.isEmpty() == false) {
            assertTrue(Vectors.cosine(expected.sum(), actual.sum()) > 0.999999);
            assertEquals(1, expected.mass(at) / actual.mass(at), 1e-6);
        }
    }

    private void assertSame(Profile expected, Profile actual) {
        assertEquals(expected.events(), actual.events());
        assertSame(expected.shortTerm(), actual.shortTerm(), now);
        assertSame(expected.longTerm(), actual.longTerm(), now);
        assertSame(expected.negative(), actual.negative(), now);
        assertEquals(expected.topics().list().size(), actual.topics().list().size());
        for (int i = 0; i < expected.topics().list().size(); i++) {
            assertSame(expected.topics().list().get(i).sum(), actual.topics().list().get(i).sum(), now);
            assertEquals(expected.topics().list().get(i).events(), actual.topics().list().get(i).events());
            assertEquals(expected.topics().list().get(i).item(now), actual.topics().list().get(i).item(now));
        }
    }

    /** Compares a user with a deleted event to a user who never had that event. */
    private void assertAsIfItNeverHappened(Tracker shop, List<Map<String, Object>> events, int position) {
        for (int i = 0; i < events.size(); i++) {
            Map<String, Object> event = events.get(i);
            event.put("id", "e" + i);
            event.put("user", "ann");
            assertEquals("a", send("shop", event));
            if (i != position) {
                event.put("user", "control");
                assertEquals("a", send("shop", event));
            }
        }
        deletion("ann", "e" + position);
        assertSame(profile(shop, "control").orElseThrow(), profile(shop, "ann").orElseThrow());
        assertTrue(found(shop, "ann").stream().noneMatch(event -> event.id().equals(idOf("e" + position))));
        ResourceNotFoundException gone = expectThrows(
            ResourceNotFoundException.class, () -> deletion("ann", "e" + position)
        );
        assertEquals(
            "[interest] no [event] [e" + position + "] of [user] [ann] is kept in tracker [shop]", gone.getMessage()
        );
        Map<String, Object> again = events.get(position);
        again.put("user", "ann");
        assertEquals("it may happen again", "a", send("shop", again));
    }

    private static java.util.OptionalLong idOf(String id) {
        return java.util.OptionalLong.of(org.opensearch.interest.core.profile.EventIds.fingerprint(id));
    }

    private List<Map<String, Object>> events(int size, long from) {
        List<Map<String, Object>> events = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            String type = randomFrom("click", "purchase", "dislike");
            events
                .add(event("ann", type, "item", randomFrom("east", "north", "up"), "timestamp", from + i * 3_600_000L));
        }
        return events;
    }

    public void testAStruckEventNeverHappened() {
        Tracker shop = tracker("shop", Map.of());
        assertAsIfItNeverHappened(shop, events(20, now - 30 * DAY), randomIntBetween(0, 19));
    }

    public void testAStruckEventIsSubtractedWhereTheHistoryIsNotWhole() {
        // the three vectors are far from each other, so that each is a topic of its own, and topics are exact as well
        Tracker shop = tracker("shop", Map.of("history", Map.of("retention", "100d")));
        List<Map<String, Object>> events = new ArrayList<>();
        for (String item : List.of("east", "up", "north", "east", "up")) {
            events.add(event("ann", "click", "item", item, "timestamp", now - 200 * DAY + events.size() * DAY));
        }
        events.add(event("ann", "purchase", "item", "north", "timestamp", now - 20 * DAY));
        events.add(event("ann", "click", "item", "up", "timestamp", now - 10 * DAY));
        for (Map<String, Object> event : events) {
            assertEquals(
                "aa",
                send("shop", with(event, "ann", events.indexOf(event)), with(event, "control", events.indexOf(event)))
            );
        }
        assertEquals(2, kept(shop, "ann").size());
        Profile before = profile(shop, "ann").orElseThrow();
        deletion("ann", "e6");
        Profile after = profile(shop, "ann").orElseThrow();
        assertEquals(6, after.events());
        assertEquals(before.longTerm().mass(now) - Math.pow(2, -10.0 / 365), after.longTerm().mass(now), 1e-6);
        assertEquals(
            2,
            after.topics()
                .list()
                .stream()
                .filter(topic -> "up".equals(topic.item(now)) || topic.item(now) == null)
                .findFirst()
                .orElseThrow()
                .events()
        );
        client().prepareDelete("products", "north").get();
        OpenSearchStatusException unknown = expectThrows(OpenSearchStatusException.class, () -> deletion("ann", "e5"));
        assertTrue(
            unknown.getMessage(), unknown.getMessage().startsWith("[interest] the event's [item] [north] is gone")
        );
        assertEquals("nothing half-applied", 1, kept(shop, "ann").size());
        assertEquals(6, profile(shop, "ann").orElseThrow().events());
    }

    private static Map<String, Object> with(Map<String, Object> event, String user, int number) {
        Map<String, Object> copy = new java.util.HashMap<>(event);
        copy.put("user", user);
        copy.put("id", "e" + number);
        return copy;
    }

    public void testTheLastEventAndAnImpressionCanBeStruck() throws Exception {
        Tracker shop = tracker("shop", Map.of());
        assertEquals(
            "aa",
            send(
                "shop", event("ann", "click", "item", "east", "id", "1"),
                event("ann", "impression", "items", List.of("up"), "id", "2")
            )
        );
        deletion("ann", "2");
        assertEquals(1, profile(shop, "ann").orElseThrow().events());
        deletion("ann", "1");
        assertTrue(profile(shop, "ann").orElseThrow().isUnknown());
        assertEquals(List.of(), found(shop, "ann"));
        expectThrows(ResourceNotFoundException.class, () -> deletion("nobody", "1"));
        tracker("shop", Map.of("history", false));
        IllegalArgumentException off = expectThrows(IllegalArgumentException.class, () -> deletion("ann", "1"));
        assertEquals(
            "[interest] [history] of tracker [shop] must be enabled to delete single events, but is not: none is kept",
            off.getMessage()
        );
    }

    public void testAStrikeThatBrokeOffIsCompletedAndSubtractsOnce() {
        Tracker shop = tracker("shop", Map.of());
        assertEquals(
            "aa",
            send(
                "shop", event("ann", "click", "item", "east", "id", "1"), event("ann", "click", "item", "up", "id", "2")
            )
        );
        String index = InterestIndex.history("shop", periods("shop").first());
        block(index, true);
        expectThrows(Exception.class, () -> deletion("ann", "1"));
        block(index, false);
        assertEquals(1, profile(shop, "ann").orElseThrow().events());
        deletion("ann", "1");
        assertEquals(1, profile(shop, "ann").orElseThrow().events());
        assertEquals(1, found(shop, "ann").size());
    }

    public void testAProfileAsItWas() throws Exception {
        Tracker shop = tracker("shop", Map.of());
        long start = now - 100 * DAY;
        List<Map<String, Object>> events = events(10, start);
        for (int i = 0; i < events.size(); i++) {
            long time = start + i * DAY;
            events.get(i).put("timestamp", time);
            assertEquals("a", send("shop", events.get(i)));
        }
        for (int i = 1; i < events.size(); i++) {
            List<Map<String, Object>> until = events.subList(0, i);
            String then = "then-" + i;
            until.forEach(event -> assertEquals("a", send("shop", with(event, then, events.indexOf(event)))));
            long at = start + (i - 1) * DAY + 1;
            Map<String, Object> expected = user(then, at);
            Map<String, Object> past = user("ann", at);
            assertEquals(i, past.get("events"));
            assertEquals(Instant.ofEpochMilli(start + (i - 1) * DAY).toString(), past.get("last_event"));
            for (String same : List.of("events", "first_event", "last_event", "vector", "short_term")) {
                assertEquals(same, expected.get(same), past.get(same));
            }
            assertEquals(topics(negative(expected)), topics(negative(past)));
            assertEquals((double) negative(expected).get("weight"), (double) negative(past).get("weight"), 1e-6);
        }
        assertEquals("before all", 0, user("ann", start - DAY).get("events"));
        assertEquals(10, user("ann", null).get("events"));
        // an event older than the retention: the history is no longer complete
        assertEquals("a", send("shop", event("ann", "click", "item", "east", "timestamp", now - 500 * DAY)));
        IllegalArgumentException incomplete = expectThrows(
            IllegalArgumentException.class, () -> user("ann", start + DAY)
        );
        assertTrue(
            incomplete.getMessage(),
            incomplete.getMessage().startsWith("[interest] [at] must not be before the user's last event at [")
        );
        assertTrue(
            incomplete.getMessage(),
            incomplete.getMessage()
                .endsWith("needs the history of all of the user's events, and it is not kept, or not whole")
        );
        assertEquals(11, profile(shop, "ann").orElseThrow().events());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> negative(Map<String, Object> user) {
        return (Map<String, Object>) user.get("negative");
    }

    /**
     * Returns ids, labels and numbers of events; topics are stored rounded, so their numbers are equal except for the
     * last digits.
     */
    @SuppressWarnings("unchecked")
    private static List<Object> topics(Map<String, Object> negative) {
        List<Map<String, Object>> topics = (List<Map<String, Object>>) negative.getOrDefault("topics", List.of());
        return topics.stream()
            .<Object>map(topic -> List.of(topic.get("id"), topic.get("label"), topic.get("events")))
            .toList();
    }

    private void block(String index, boolean blocked) {
        client().admin()
            .indices()
            .prepareUpdateSettings(index)
            .setSettings(Settings.builder().put("index.blocks.write", blocked))
            .get();
    }
}
