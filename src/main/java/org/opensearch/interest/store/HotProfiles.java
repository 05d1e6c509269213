package org.opensearch.interest.store;

import org.opensearch.common.cache.Cache;
import org.opensearch.common.cache.CacheBuilder;
import org.opensearch.interest.profile.Profile;
import org.opensearch.interest.profile.Standing;
import org.opensearch.interest.profile.Topic;
import org.opensearch.interest.profile.WrittenProfile;
import org.opensearch.interest.store.PendingChanges.Key;

import java.util.List;

/**
 * Profiles as this node wrote them last, so that a busy user's next events need no read, and so that what did not change need not be
 * packed again. Only ever a guess: a write against a stale one conflicts, and reads. Bounded by what its profiles take on the heap;
 * the least lately used ones go first. Thread-safe.
 */
final class HotProfiles {
    /** A sixteenth of the heap: some two thousand profiles a GiB, with eight topics of 384 dimensions each. */
    private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 16;
    /** What a word with its count takes beside its letters, or a reason; a topic takes three times as much. */
    private static final long OBJECT = 100;

    private final Cache<Key, Entry> profiles = CacheBuilder.<Key, Entry>builder()
        .setMaximumWeight(MOST_BYTES)
        .weigher((key, entry) -> entry.weight)
        .build();

    /** @param written how the profile was written; null where it was read */
    record Hot(StoredProfile stored, WrittenProfile written) {
        Profile profile() {
            return stored.profile();
        }
    }

    /** @param weight counted once: the cache asks for it several times a use */
    private record Entry(Hot hot, long weight) {}

    /** Null where it is not remembered. */
    Hot get(Key key) {
        Entry entry = profiles.get(key);
        return entry == null ? null : entry.hot;
    }

    /** @param hot that was written */
    void put(Key key, Hot hot) {
        profiles.put(key, new Entry(hot, weight(hot.profile(), hot.written)));
    }

    void forget(Key key) {
        profiles.invalidate(key);
    }

    /** About what both take on the heap, in bytes. Texts, and ids of events, take about what they were written as. */
    static long weight(Profile profile, WrittenProfile written) {
        return 2L * written.bytes().length + weight(profile);
    }

    private static long weight(Profile profile) {
        List<Topic> topics = profile.topics().list();
        List<Topic> against = profile.against().list();
        long vectors = 3L + profile.paced().size() + profile.declared().list().size() + topics.size() + against.size();
        Standing.Handover leaving = profile.standing().leaving();
        long left = leaving == null ? 0 : weight(leaving.profile());
        return 1_000 + Float.BYTES * profile.dimension() * vectors + OBJECT * (objects(topics) + objects(against)) + left;
    }

    private static long objects(List<Topic> topics) {
        long objects = 0;
        for (Topic topic : topics) {
            objects += 3 + topic.reasons().list().size() + topic.words().counts().size();
        }
        return objects;
    }
}
