package org.opensearch.interest.cluster.profiles;

import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.profiles.PendingChanges.Key;
import org.opensearch.interest.cluster.profiles.PendingChanges.Work;
import org.opensearch.interest.core.profile.ProfileChange;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.TrackerJson;
import org.opensearch.test.OpenSearchTestCase;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tests the queue of changes and how rounds take them. */
public class PendingChangesTests extends OpenSearchTestCase {
    private static final Tracker TRACKER = TrackerJson
        .read("shop", "uid", Map.of("items", Map.of("index", "products")));

    private static void add(PendingChanges pending, int from, int users) {
        List<RecordRequest.Entry> entries = new ArrayList<>();
        for (int i = from; i < from + users; i++) {
            entries.add(new RecordRequest.Entry("user" + i, new ProfileChange.Forget(i)));
        }
        RecordRequest request = new RecordRequest(TRACKER, entries, RefreshPolicy.NONE);
        assertEquals(-1, pending.add("profiles", request, ActionListener.wrap(response -> {}, e -> {
            throw new AssertionError(e);
        })));
    }

    private static List<Integer> sizes(List<Map<Key, Work>> parts) {
        return parts.stream().map(Map::size).toList();
    }

    public void testWhatWaitsIsTakenInAsFewPartsAsAllowedOfAboutEqualSize() {
        PendingChanges pending = new PendingChanges();
        assertEquals(List.of(), pending.take(256));
        add(pending, 0, 425);
        assertEquals(List.of(213, 212), sizes(pending.take(256)));
        for (int i = 0; i < 50; i++) {
            PendingChanges any = new PendingChanges();
            int users = randomIntBetween(1, 2_000);
            int most = randomIntBetween(1, 300);
            add(any, 0, users);
            List<Map<Key, Work>> parts = any.take(most);
            assertEquals(Math.ceilDiv(users, most), parts.size());
            List<Integer> sizes = sizes(parts);
            assertTrue(sizes.toString(), sizes.stream().allMatch(size -> size <= most && size >= users / parts.size()));
            Set<Key> all = new HashSet<>();
            parts.forEach(part -> part.keySet().forEach(key -> assertTrue("taken once", all.add(key))));
            assertEquals(users, all.size());
        }
    }

    public void testWhatIsWorkedOnIsNotTakenAgainBeforeItIsDone() {
        PendingChanges pending = new PendingChanges();
        add(pending, 0, 2);
        Map<Key, Work> first = pending.take(9).get(0);
        add(pending, 1, 2);
        assertEquals(Set.of(new Key("profiles", "user2")), pending.take(9).get(0).keySet());
        assertEquals(List.of(), pending.take(9));
        first.keySet().forEach(pending::done);
        assertEquals(Set.of(new Key("profiles", "user1")), pending.take(9).get(0).keySet());
    }
}
