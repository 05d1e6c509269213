package org.opensearch.interest.cluster.profiles;

import org.opensearch.ResourceNotFoundException;
import org.opensearch.common.settings.Settings;
import org.opensearch.interest.api.tracker.RebuildRequest;
import org.opensearch.interest.api.tracker.TransportRebuildAction;
import org.opensearch.interest.cluster.history.HistoryTestCase;
import org.opensearch.interest.cluster.store.InterestIndex;
import org.opensearch.interest.core.profile.DecayedSum;
import org.opensearch.interest.core.profile.DeclaredInterests;
import org.opensearch.interest.core.profile.Evidence;
import org.opensearch.interest.core.profile.HistoryEvent;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.profile.ProfileChange;
import org.opensearch.interest.core.profile.Topic;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.UserId;
import org.opensearch.interest.core.vector.Vectors;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Tests rebuilds from the history: if nothing changed, profiles are as before; otherwise they are as if the change had
 * been there from the start.
 */
public class RebuildTests extends HistoryTestCase {
    private ProfileRebuild.Result rebuild(String tracker) {
        return client().execute(TransportRebuildAction.TYPE, new RebuildRequest(tracker, false)).actionGet().result();
    }

    private void change(Tracker tracker, String user, ProfileChange change) {
        HistoryTestCase
            .<Void>await(listener -> recorder().change(tracker, new UserId(user), List.of(change), listener));
    }

    private static List<Integer> ids(Profile profile) {
        return profile.topics().list().stream().map(Topic::id).toList();
    }

    private static void assertSame(DecayedSum expected, DecayedSum actual, long at) {
        assertEquals(expected.isEmpty(), actual.isEmpty());
        if (expected.isEmpty() == false) {
            assertTrue(Vectors.cosine(expected.sum(), actual.sum()) > 0.9999);
            assertEquals(1, expected.mass(at) / actual.mass(at), 1e-6);
        }
    }

    private static void assertSameSums(Profile expected, Profile actual, long at) {
        assertEquals(expected.events(), actual.events());
        assertEquals(expected.firstEvent(), actual.firstEvent());
        assertEquals(expected.lastEvent(), actual.lastEvent());
        assertSame(expected.shortTerm(), actual.shortTerm(), at);
        assertSame(expected.longTerm(), actual.longTerm(), at);
        assertSame(expected.negative(), actual.negative(), at);
    }

    public void testARebuildOfEventsInOrderChangesNothingAndOfAnyOrderNoSum() {
        int dimension = 16;
        client().admin()
            .indices()
            .prepareCreate("wide")
            .setMapping("v", "type=interest_vector,dimension=" + dimension)
            .get();
        Tracker shop = tracker(
            "shop",
            Map.of("items", Map.of("index", "wide", "vector_field", "v"), "topics", Map.of("max", 4, "similarity", 0.3))
        );
        for (int i = 0; i < 30; i++) {
            float[] vector = new float[dimension];
            for (int d = 0; d < dimension; d++) {
                vector[d] = (float) random().nextGaussian();
            }
            List<Float> list = new ArrayList<>();
            for (float number : vector) {
                list.add(number);
            }
            client().prepareIndex("wide").setId("i" + i).setSource(Map.of("v", list)).get();
        }
        long now = System.currentTimeMillis();
        List<Map<String, Object>> events = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String type = randomFrom("click", "purchase", "dislike", "view");
            Map<String, Object> event = event(
                "ann", type, "item", "i" + randomIntBetween(0, 29), "timestamp", now - (300 - i) * 12L * 3_600_000L
            );
            if (randomBoolean()) {
                event.put("id", "e" + i);
            }
            if (rarely()) {
                event.put("weight", 3.5);
            }
            events.add(event);
        }
        events.forEach(event -> assertEquals("a", send("shop", event)));
        Collections.shuffle(events, random());
        events.forEach(event -> {
            event.put("user", "bob");
            assertEquals("a", send("shop", event));
        });
        Profile annBefore = profile(shop, "ann").orElseThrow();
        Profile bobBefore = profile(shop, "bob").orElseThrow();
        assertEquals(new ProfileRebuild.Result(2, 400, 0, 0, 0), rebuild("shop"));
        Profile ann = profile(shop, "ann").orElseThrow();
        Profile bob = profile(shop, "bob").orElseThrow();
        assertSameSums(annBefore, ann, now);
        assertEquals(ids(annBefore), ids(ann));
        for (int i = 0; i < ann.topics().list().size(); i++) {
            Topic before = annBefore.topics().list().get(i);
            Topic after = ann.topics().list().get(i);
            assertSame(before.sum(), after.sum(), now);
            assertEquals(before.events(), after.events());
            assertEquals(before.item(now), after.item(now));
        }
        assertEquals(annBefore.ids(), ann.ids());
        assertSameSums(bobBefore, bob, now);
        assertSameSums(ann, bob, now);
        assertEquals("both in the same order now", ann.topics().list().size(), bob.topics().list().size());
        assertEquals(
            "a repeat is known still", "d",
            send("shop", events.stream().filter(event -> event.containsKey("id")).findFirst().orElseThrow())
        );
    }

    public void testNewSignalsAndHalfLivesCountFromTheFirstEventOn() {
        Tracker shop = tracker("shop", Map.of());
        long now = System.currentTimeMillis();
        long then = now - 10 * DAY;
        send(
            "shop", event("ann", "click", "item", "east", "timestamp", then),
            event("ann", "click", "item", "up", "timestamp", then, "weight", 5),
            event("ann", "rating", "item", "north", "timestamp", then, "value", 2)
        );
        Tracker changed = tracker(
            "shop", Map.of("signals", Map.of("click", 3.0, "rating", 2.0), "long_term", Map.of("half_life", "10d"))
        );
        assertEquals(new ProfileRebuild.Result(1, 3, 0, 0, 0), rebuild("shop"));
        Profile ann = profile(changed, "ann").orElseThrow();
        assertEquals("3 by the signal and 5 of its own, half of it gone", 4, ann.longTerm().mass(now), 1e-6);
        assertEquals(0.5, ann.negative().mass(now), 1e-6);
        assertEquals(profile(shop, "ann").orElseThrow().events(), ann.events());
    }

    public void testItemsMadeAnewWithAnotherDimensionAreLearnedAnew() {
        tracker("shop", Map.of());
        assertEquals("aa", send("shop", event("ann", "click", "item", "east"), event("ann", "click", "item", "up")));
        client().admin().indices().prepareDelete("products").get();
        client().admin().indices().prepareCreate("products").setMapping("v", "type=interest_vector,dimension=2").get();
        item("east", 1, 0);
        assertEquals("f", send("shop", event("ann", "click", "item", "east")));
        assertEquals(new ProfileRebuild.Result(1, 1, 1, 0, 0), rebuild("shop"));
        assertEquals("a", send("shop", event("ann", "click", "item", "east")));
    }

    public void testItemsThatAreGoneAreCountedAndChangedOnesSeenAsTheyAre() {
        Tracker shop = tracker("shop", Map.of());
        send(
            "shop", event("ann", "click", "item", "east"), event("ann", "click", "item", "up"),
            event("bob", "click", "item", "up")
        );
        client().prepareDelete("products", "up").get();
        item("east", 0, 1, 0);
        assertEquals(new ProfileRebuild.Result(1, 1, 2, 1, 0), rebuild("shop"));
        assertArrayEquals(
            new float[]{ 0, 1, 0 }, Vectors.unit(profile(shop, "ann").orElseThrow().longTerm().sum()), 1e-6f
        );
        assertEquals("nothing to replay: the profile stays", 1, profile(shop, "bob").orElseThrow().events());
        client().admin().indices().prepareDelete("products").get();
        assertEquals(
            "a catalogue that cannot be read is not empty", new ProfileRebuild.Result(0, 0, 0, 0, 2), rebuild("shop")
        );
        assertEquals(1, profile(shop, "ann").orElseThrow().events());
    }

    public void testWhatAPersonDecidedStays() {
        Tracker shop = tracker("shop", Map.of());
        DeclaredInterests declared = new DeclaredInterests(
            List.of(new DeclaredInterests.Interest("mountains", new float[]{ 0, 0, 1 }))
        );
        send("shop", event("ann", "click", "item", "east"), event("cec", "click", "item", "east"));
        change(shop, "ann", new ProfileChange.Declare(declared));
        change(shop, "ann", new ProfileChange.OptOut(true));
        change(shop, "bob", new ProfileChange.Declare(declared));
        assertEquals(new ProfileRebuild.Result(2, 2, 0, 0, 0), rebuild("shop"));
        Profile ann = profile(shop, "ann").orElseThrow();
        assertEquals("mountains", ann.declared().list().get(0).text());
        assertTrue(ann.consent().optOut());
        assertEquals(1, ann.events());
        assertFalse("without events, and untouched", profile(shop, "bob").orElseThrow().declared().isEmpty());
    }

    public void testWhatWasForgottenStaysForgottenThoughTheHistoryCouldNotFollow() {
        Tracker shop = tracker("shop", Map.of());
        assertEquals("a", send("shop", event("ann", "click", "item", "east")));
        String index = InterestIndex.history("shop", periods("shop").first());
        block(index, true);
        expectThrows(Exception.class, () -> change(shop, "ann", new ProfileChange.Forget(System.currentTimeMillis())));
        block(index, false);
        assertEquals(1, kept(shop, "ann").size());
        assertEquals(new ProfileRebuild.Result(0, 0, 0, 1, 0), rebuild("shop"));
        assertTrue(profile(shop, "ann").orElseThrow().isUnknown());
        change(shop, "ann", new ProfileChange.Forget(System.currentTimeMillis()));
        assertEquals("asked again, it follows", List.of(), found(shop, "ann"));
    }

    public void testWhatArrivesInTheSameTurnAsARebuildCountsOnce() {
        Tracker shop = tracker("shop", Map.of());
        assertEquals("a", send("shop", event("ann", "click", "item", "east", "id", "1")));
        HistoryEvent known = kept(shop, "ann").get(0);
        Evidence again = new Evidence(
            new float[]{ 1, 0, 0 }, Evidence.Source.ITEM, 1, known.timestamp(), known.id(), "east", ""
        );
        Evidence other = new Evidence(
            new float[]{ 0, 1, 0 }, Evidence.Source.ITEM, 1, known.timestamp(), OptionalLong.empty(), "north", ""
        );
        HistoryEvent fresh = new HistoryEvent(
            "drawn-by-chance", "click", "north", null, null, List.of(), List.of(), 1, 1.0, known.timestamp(), 0,
            OptionalLong.empty(), HistoryEvent.Context.NONE
        );
        List<ProfileChange> turn = List.of(
            new ProfileChange.RecordEvent(again, known), new ProfileChange.Rebuild(),
            new ProfileChange.RecordEvent(other, fresh)
        );
        HistoryTestCase.<Void>await(listener -> recorder().change(shop, new UserId("ann"), turn, listener));
        assertEquals(2, profile(shop, "ann").orElseThrow().events());
        assertEquals(2, kept(shop, "ann").size());
        assertEquals(new ProfileRebuild.Result(1, 2, 0, 0, 0), rebuild("shop"));
        assertEquals(2, profile(shop, "ann").orElseThrow().events());
    }

    public void testManyUsersAndNone() {
        Tracker shop = tracker("shop", Map.of());
        assertEquals(ProfileRebuild.Result.NONE, rebuild("shop"));
        for (int i = 0; i < 100; i++) {
            send(
                "shop", event("user-" + i, "click", "item", "east"),
                event("user-" + i, "impression", "items", List.of("up"))
            );
        }
        assertEquals(new ProfileRebuild.Result(100, 100, 0, 0, 0), rebuild("shop"));
        assertEquals(1, profile(shop, "user-42").orElseThrow().events());
        expectThrows(ResourceNotFoundException.class, () -> rebuild("shoes"));
    }

    private void block(String index, boolean blocked) {
        client().admin()
            .indices()
            .prepareUpdateSettings(index)
            .setSettings(Settings.builder().put("index.blocks.write", blocked))
            .get();
    }
}
