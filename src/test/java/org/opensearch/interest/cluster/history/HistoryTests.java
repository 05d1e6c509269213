package org.opensearch.interest.cluster.history;

import org.opensearch.action.index.IndexRequest;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.xcontent.XContentType;
import org.opensearch.interest.api.tracker.TrackerRequest;
import org.opensearch.interest.api.tracker.TransportDeleteTrackerAction;
import org.opensearch.interest.cluster.profiles.ProfileMerger;
import org.opensearch.interest.cluster.store.InterestIndex;
import org.opensearch.interest.cluster.store.ProfileId;
import org.opensearch.interest.cluster.store.ProfileStore;
import org.opensearch.interest.core.profile.EventIds;
import org.opensearch.interest.core.profile.HistoryEvent;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.profile.ProfileChange;
import org.opensearch.interest.core.profile.ProfileFormat;
import org.opensearch.interest.core.tracking.HistoryCounts;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.UserId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** Tests which answered events are in the history, and that they are there whenever the profile is. */
public class HistoryTests extends HistoryTestCase {
    private static final Map<String, Object> LONG = Map.of("history", Map.of("retention", "36500d"));

    public void testAnEventIsKeptWithAllThatItSaid() {
        Tracker shop = tracker("shop", Map.of());
        long now = System.currentTimeMillis();
        assertEquals(
            "aaaa",
            send(
                "shop",
                event(
                    "ann", "click", "item", "east", "timestamp", now - 5000, "id", "e1", "session", "s", "query_id",
                    "q", "position", 3, "variant", "b"
                ), event("ann", "click", "vector", List.of(3, 4, 0), "weight", -1.5, "timestamp", now - 4000),
                event(
                    "ann", "impression", "items", List.of("east", "up"), "clicked", List.of("up"), "timestamp",
                    now - 3000
                ), event("ann", "rating", "item", "up", "value", 2, "timestamp", now - 2000)
            )
        );
        List<HistoryEvent> kept = kept(shop, "ann");
        assertEquals(4, kept.size());
        HistoryEvent click = kept.get(0);
        assertEquals(HistoryEvent.key(EventIds.fingerprint("e1")), click.key());
        assertEquals("east", click.item());
        assertEquals(1.0, click.weight(), 0);
        assertEquals(1.0, click.scale(), 0);
        assertEquals(now - 5000, click.timestamp());
        assertTrue(click.arrival() >= now);
        assertEquals(OptionalLong.of(EventIds.fingerprint("e1")), click.id());
        assertEquals(new HistoryEvent.Context("s", "q", 3L, "b"), click.context());
        HistoryEvent vector = kept.get(1);
        assertArrayEquals(new float[]{ 0.6f, 0.8f, 0 }, vector.vector(), 1e-7f);
        assertEquals(-1.5, vector.weight(), 0);
        assertNull("its own weight", vector.scale());
        assertTrue(vector.id().isEmpty());
        HistoryEvent shown = kept.get(2);
        assertTrue(shown.isImpression());
        assertEquals(List.of("east", "up"), shown.shown());
        assertEquals(List.of("up"), shown.clicked());
        assertEquals(-0.5, kept.get(3).scale(), 0);
        assertEquals("what was shown is no evidence", 3, profile(shop, "ann").orElseThrow().events());
    }

    public void testARepeatChangesNothing() {
        Tracker shop = tracker("shop", Map.of());
        Map<String, Object> click = event("ann", "click", "item", "east", "id", "1");
        Map<String, Object> shown = event("ann", "impression", "items", List.of("east"), "id", "2");
        assertEquals("ada", send("shop", click, click, event("bob", "click", "item", "east", "id", "1")));
        assertEquals("a", send("shop", shown));
        assertEquals("ddf", send("shop", click, shown, event("ann", "click", "item", "nowhere")));
        assertEquals(2, kept(shop, "ann").size());
        assertEquals(1, kept(shop, "bob").size());
    }

    public void testAnImpressionThatIsEvidenceIsKeptAsAnyEvent() {
        Tracker shop = tracker("shop", Map.of("signals", Map.of("impression", -0.05)));
        Map<String, Object> shown = event(
            "ann", "impression", "items", List.of("east", "up"), "clicked", List.of("up"), "id", "2"
        );
        assertEquals("a", send("shop", shown));
        assertEquals("d", send("shop", shown));
        HistoryEvent kept = kept(shop, "ann").get(0);
        assertEquals(List.of("east", "up"), kept.shown());
        assertEquals(-0.05, kept.weight(), 0);
        assertEquals(1, profile(shop, "ann").orElseThrow().events());
        assertEquals(
            "gone, but shown", "a", send("shop", event("ann", "impression", "items", List.of("nowhere"), "id", "3"))
        );
        assertEquals(2, kept(shop, "ann").size());
    }

    public void testWithoutHistoryNothingIsKept() {
        Tracker shop = tracker("shop", Map.of("history", false));
        assertEquals(
            "ai",
            send("shop", event("ann", "click", "item", "east"), event("ann", "impression", "items", List.of("east")))
        );
        assertEquals(Set.of(), periods("shop"));
        assertEquals(List.of(), kept(shop, "ann"));
        tracker("shop", Map.of("history", true));
        assertEquals("a", send("shop", event("ann", "click", "item", "east")));
        assertEquals(1, kept(shop, "ann").size());
    }

    public void testADecadeOfEventsMakesAFewIndices() {
        Tracker shop = tracker("shop", LONG);
        long now = System.currentTimeMillis();
        for (int week = 0; week < 520; week += 4) {
            assertEquals("a", send("shop", event("ann", "click", "item", "east", "timestamp", now - week * 7L * DAY)));
        }
        assertTrue(periods("shop").toString(), periods("shop").size() <= 11);
        assertEquals(130, kept(shop, "ann").size());
    }

    public void testAYearIsCutByMonthsAndWhatIsOlderIsNotKept() {
        Tracker shop = tracker("shop", Map.of());
        long now = System.currentTimeMillis();
        for (int days = 0; days < 730; days += 10) {
            assertEquals("a", send("shop", event("ann", "click", "item", "east", "timestamp", now - days * DAY)));
        }
        assertTrue(periods("shop").toString(), periods("shop").size() <= 13);
        assertEquals("older ones are in the profile alone", 37, kept(shop, "ann").size());
        assertEquals(73, profile(shop, "ann").orElseThrow().events());
    }

    public void testALongerRetentionKeepsToTheIndicesThereAre() {
        tracker("shop", Map.of());
        long now = System.currentTimeMillis();
        Map<String, Object> shown = event("ann", "impression", "items", List.of("east"), "id", "2", "timestamp", now);
        assertEquals("a", send("shop", shown));
        Tracker shop = tracker("shop", LONG);
        assertEquals("d", send("shop", shown));
        assertEquals("a", send("shop", event("ann", "click", "item", "east", "timestamp", now - 1000 * DAY)));
        assertEquals(
            new TreeSet<>(Set.of(HistoryPeriod.month(now).name(), HistoryPeriod.year(now - 1000 * DAY).name())),
            periods("shop")
        );
        assertEquals(2, kept(shop, "ann").size());
    }

    public void testForgettingReachesEveryIndexAndIsSeenAtOnce() {
        Tracker shop = tracker("shop", LONG);
        long now = System.currentTimeMillis();
        for (int years = 0; years < 4; years++) {
            send(
                "shop", event("ann", "click", "item", "east", "timestamp", now - years * 366L * DAY),
                event("bob", "click", "item", "up")
            );
        }
        send("shop", event("ann", "impression", "items", List.of("east")));
        assertEquals(5, kept(shop, "ann").size());
        change(shop, "ann", new ProfileChange.Forget(System.currentTimeMillis()));
        assertEquals(List.of(), found(shop, "ann"));
        assertEquals(4, kept(shop, "bob").size());
        assertEquals("i", send("shop", event("ann", "impression", "items", List.of("east"), "timestamp", now - DAY)));
        assertEquals(List.of(), kept(shop, "ann"));
    }

    public void testWhoIsOutOfTrackingLeavesNoTrace() {
        Tracker shop = tracker("shop", Map.of());
        change(shop, "ann", new ProfileChange.OptOut(true));
        assertEquals(
            "ii",
            send("shop", event("ann", "click", "item", "east"), event("ann", "impression", "items", List.of("east")))
        );
        assertEquals(List.of(), kept(shop, "ann"));
        change(shop, "ann", new ProfileChange.OptOut(false));
        assertEquals("a", send("shop", event("ann", "impression", "items", List.of("east"))));
        assertEquals(1, kept(shop, "ann").size());
    }

    public void testAMergeMovesTheEvents() {
        Tracker shop = tracker("shop", Map.of());
        long now = System.currentTimeMillis();
        send(
            "shop", event("visitor", "click", "item", "east", "id", "1", "timestamp", now - 2000),
            event("visitor", "click", "item", "up", "timestamp", now - 1000),
            event("visitor", "impression", "items", List.of("east")),
            event("ann", "click", "item", "north", "id", "1", "timestamp", now - 3000)
        );
        merge(shop, "visitor", "ann");
        assertEquals(List.of(), found(shop, "visitor"));
        List<HistoryEvent> all = found(shop, "ann");
        // both had an event with id 1: the target's stays
        assertEquals(3, all.size());
        assertEquals("north", all.get(0).item());
        merge(shop, "visitor", "ann");
        assertEquals(3, found(shop, "ann").size());
    }

    public void testAMergeWithSomebodyWhoIsOutOfTrackingDropsTheEvents() {
        Tracker shop = tracker("shop", Map.of());
        send("shop", event("visitor", "click", "item", "east"));
        change(shop, "ann", new ProfileChange.OptOut(true));
        merge(shop, "visitor", "ann");
        assertEquals(List.of(), found(shop, "visitor"));
        assertEquals(List.of(), found(shop, "ann"));
    }

    public void testADeletedTrackerTakesItsHistoryAlongAndNoOthers() {
        tracker("shop", Map.of());
        Tracker other = tracker("shop-2026", LONG);
        send("shop", event("ann", "click", "item", "east"));
        send("shop-2026", event("ann", "click", "item", "east"));
        client().execute(TransportDeleteTrackerAction.TYPE, new TrackerRequest("shop", Map.of())).actionGet();
        assertEquals(Set.of(), periods("shop"));
        assertEquals(1, kept(other, "ann").size());
    }

    public void testWhatTheProfileDoesNotTakeUpIsNotKeptEither() {
        Tracker shop = tracker("shop", Map.of());
        assertEquals("a", send("shop", event("ann", "click", "item", "east", "id", "0")));
        Map<String, Object> click = event("ann", "click", "item", "east", "id", "1");
        block(InterestIndex.profiles("shop"), true);
        assertEquals("f", send("shop", click));
        assertEquals(1, kept(shop, "ann").size());
        block(InterestIndex.profiles("shop"), false);
        assertEquals("a", send("shop", click));
        assertEquals(2, kept(shop, "ann").size());
    }

    public void testWhatCannotBeKeptIsNotInTheProfile() {
        Tracker shop = tracker("shop", Map.of());
        assertEquals("a", send("shop", event("ann", "click", "item", "east", "id", "0")));
        String index = InterestIndex.history("shop", periods("shop").first());
        block(index, true);
        long failed = counts().failed();
        assertEquals("f", send("shop", event("ann", "click", "item", "east", "id", "1")));
        assertEquals(failed + 1, counts().failed());
        assertEquals(1, profile(shop, "ann").orElseThrow().events());
        block(index, false);
        assertEquals("a", send("shop", event("ann", "click", "item", "east", "id", "1")));
        assertEquals(2, kept(shop, "ann").size());
        assertEquals(2, counts().kept());
    }

    public void testAProfileThatIsKnownWronglyRefusesAfterAllAndTheEventIsTakenBack() {
        Tracker shop = tracker("shop", Map.of());
        assertEquals("a", send("shop", event("ann", "click", "item", "east")));
        // written by another node, unnoticed by the writer
        Profile before = profile(shop, "ann").orElseThrow();
        overwrite(shop, "ann", before.optedOut(true));
        assertEquals("i", send("shop", event("ann", "click", "item", "up")));
        assertEquals("what was kept too early is gone, what was kept before is not", 1, kept(shop, "ann").size());
        overwrite(shop, "bob", Profile.empty(shop.halfLives()).optedOut(true));
        assertEquals("i", send("shop", event("bob", "impression", "items", List.of("east"))));
    }

    public void testAScanReadsEverythingInOrderAndStopsWhereItsReaderDoes() {
        Tracker shop = tracker("shop", LONG);
        long now = System.currentTimeMillis();
        List<Map<String, Object>> events = new ArrayList<>();
        for (int i = 0; i < 230; i++) {
            // many at the same time, with the same id
            long time = now - randomIntBetween(0, 20) * 100L * DAY;
            events.add(event("user-" + i % 23, "click", "item", "east", "timestamp", time, "id", "e" + i / 23));
        }
        for (Map<String, Object> one : events) {
            assertEquals("a", send("shop", one));
        }
        HistoryTestCase.<Void>await(listener -> history().refresh(shop, listener));
        List<EventHistory.UserEvent> all = new ArrayList<>();
        HistoryTestCase.<Void>await(listener -> history().scan(shop, null, 0, now, 7, all::addAll, listener));
        assertEquals(230, all.size());
        Set<String> distinct = new HashSet<>();
        long last = 0;
        for (EventHistory.UserEvent one : all) {
            assertTrue(distinct.add(one.user() + one.event().key()));
            assertTrue(one.event().timestamp() >= last);
            last = one.event().timestamp();
        }
        List<EventHistory.UserEvent> some = new ArrayList<>();
        HistoryTestCase.<Void>await(listener -> history().scan(shop, null, 0, now, 7, page -> {
            some.addAll(page);
            return some.size() < 20;
        }, listener));
        assertEquals(
            all.subList(0, 21).stream().map(one -> one.event().key()).toList(),
            some.stream().map(one -> one.event().key()).toList()
        );
        List<HistoryEvent> latest = HistoryTestCase
            .<List<HistoryEvent>>await(listener -> history().ofUser(shop, new UserId("user-3"), 0, now, 4, listener));
        List<HistoryEvent> allOf3 = found(shop, "user-3");
        assertEquals(
            allOf3.stream().sorted(HistoryEvent.CANONICAL).map(HistoryEvent::key).toList(),
            allOf3.stream().map(HistoryEvent::key).toList()
        );
        assertEquals(
            allOf3.subList(6, 10).stream().map(HistoryEvent::key).toList(),
            latest.stream().map(HistoryEvent::key).toList()
        );
        expectThrows(
            IllegalStateException.class,
            () -> HistoryTestCase.<Void>await(listener -> history().scan(shop, null, 0, now, 7, page -> {
                throw new IllegalStateException("enough");
            }, listener))
        );
    }

    public void testWhatIsTooOldGoesByItselfAndNothingElse() {
        Tracker shop = tracker("shop", Map.of("history", Map.of("retention", "60d")));
        long now = System.currentTimeMillis();
        for (int days = 0; days < 60; days++) {
            assertEquals("a", send("shop", event("ann", "click", "item", "east", "timestamp", now - days * DAY)));
        }
        Tracker other = tracker("other", Map.of());
        assertEquals("a", send("other", event("ann", "click", "item", "east", "timestamp", now - 59 * DAY)));
        HistoryRetention retention = getInstanceFromNode(HistoryRetention.class);
        HistoryTestCase.<Void>await(listener -> retention.expire(now, listener));
        assertEquals(60, kept(shop, "ann").size());
        long later = now + 30 * DAY;
        HistoryTestCase.<Void>await(listener -> retention.expire(later, listener));
        List<HistoryEvent> left = kept(shop, "ann");
        assertEquals(30, left.size());
        left.forEach(
            event -> assertTrue(
                Instant.ofEpochMilli(event.timestamp()).toString(), event.timestamp() > later - 60 * DAY
            )
        );
        periods("shop").forEach(period -> assertTrue(HistoryPeriod.named(period).end() > later - 60 * DAY));
        assertEquals(1, kept(other, "ann").size());
        assertTrue(counts().expired() > 0);
        HistoryTestCase.<Void>await(listener -> retention.expire(now + 1000 * DAY, listener));
        assertEquals(Set.of(), periods("shop"));
        assertEquals(60, profile(shop, "ann").orElseThrow().events());
    }

    public void testAHistoryWhoseTrackerIsGoneGoes() {
        tracker("shop", Map.of());
        assertEquals("a", send("shop", event("ann", "click", "item", "east")));
        createIndex(InterestIndex.history("gone-2026", "2026"));
        HistoryTestCase.<Void>await(
            listener -> getInstanceFromNode(HistoryRetention.class).expire(System.currentTimeMillis(), listener)
        );
        assertEquals(Set.of(), periods("gone-2026"));
        assertEquals(1, periods("shop").size());
    }

    /**
     * Writes as another node that believes to hold the primary would; this node's writer has its own version cached.
     */
    private void overwrite(Tracker tracker, String user, Profile profile) {
        IndexRequest index = new IndexRequest(InterestIndex.profiles(tracker.name()))
            .id(ProfileId.of(tracker, new UserId(user)));
        client().index(index.source(Map.of("profile", ProfileFormat.write(profile)), XContentType.CBOR)).actionGet();
    }

    private HistoryCounts.Reading counts() {
        return getInstanceFromNode(HistoryCounts.class).read();
    }

    private void change(Tracker tracker, String user, ProfileChange change) {
        HistoryTestCase
            .<Void>await(listener -> recorder().change(tracker, new UserId(user), List.of(change), listener));
    }

    private void merge(Tracker tracker, String from, String into) {
        ProfileMerger merge = new ProfileMerger(getInstanceFromNode(ProfileStore.class), recorder());
        HistoryTestCase.<Void>await(listener -> merge.merge(tracker, new UserId(from), new UserId(into), listener));
    }

    private void block(String index, boolean blocked) {
        client().admin()
            .indices()
            .prepareUpdateSettings(index)
            .setSettings(Settings.builder().put("index.blocks.write", blocked))
            .get();
    }
}
