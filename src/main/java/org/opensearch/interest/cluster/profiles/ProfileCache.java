package org.opensearch.interest.cluster.profiles;

import org.opensearch.common.cache.Cache;
import org.opensearch.common.cache.CacheBuilder;
import org.opensearch.interest.cluster.profiles.PendingChanges.Key;
import org.opensearch.interest.cluster.store.StoredProfile;
import org.opensearch.interest.core.profile.ConsentState;
import org.opensearch.interest.core.profile.EncodedProfile;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.profile.ProfileFormat;
import org.opensearch.interest.core.profile.Topic;

import java.util.List;

/**
 * Profiles as this node wrote them last, so that a busy user's next events need no read, and so that what did not
 * change need not be packed again. Only ever a guess: a write against a stale one conflicts, and reads. Bounded by what
 * its profiles take on the heap; the least lately used ones go first. Thread-safe.
 */
final class ProfileCache {
    /** A sixteenth of the heap: some seventeen hundred profiles a GiB, with eight topics of 384 dimensions each. */
    private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 16;
    /** What a word with its count takes beside its letters, or a reason; a topic takes three times as much. */
    private static final long OBJECT = 100;

    private final Cache<Key, Entry> profiles = CacheBuilder.<Key, Entry>builder()
        .setMaximumWeight(MOST_BYTES)
        .weigher((key, entry) -> entry.weight)
        .build();

    /** @param written how the profile was written; null where it was read */
    record Hot(StoredProfile stored, EncodedProfile written) {
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

    /**
     * About what both take on the heap, in bytes. What is written beside vectors are texts and ids of events, which
     * take as much there.
     */
    static long weight(Profile profile, EncodedProfile written) {
        long bytes = written.bytes().length;
        long dimension = profile.dimension();
        long exact = 2L + profile.paced().size();
        long declared = profile.declared().list().size();
        List<Topic> topics = profile.topics().list();
        List<Topic> against = profile.against().list();
        long packed = (long) topics.size() + against.size() + (profile.skipped().isEmpty() ? 0 : 1);
        long vectors = Float.BYTES * dimension * (exact + packed + declared);
        // as SumFormat writes them: float32, 12 bits a number, and float16
        long numbers = dimension * (Float.BYTES * exact + Short.BYTES * declared) + dimension * 3 / 2 * packed;
        ConsentState.Handover leaving = profile.consent().leaving();
        long left = leaving == null ? 0 : weight(leaving.profile(), ProfileFormat.write(leaving.profile(), null));
        return 1_000 + bytes + Math.max(0, bytes - numbers) + vectors + OBJECT * (objects(topics) + objects(against))
            + left;
    }

    private static long objects(List<Topic> topics) {
        long objects = 0;
        for (Topic topic : topics) {
            objects += 3 + topic.reasons().list().size() + topic.words().counts().size();
        }
        return objects;
    }
}
