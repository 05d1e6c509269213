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
 * Cache of the profiles that this node wrote last, so that a busy user's next events need no read, and unchanged parts
 * need not be encoded again. Entries may be stale: a write based on a stale one conflicts, and the profile is then
 * read. Bounded by the heap that its profiles take; the least recently used ones are evicted first. Thread-safe.
 */
final class ProfileCache {
    /** A sixteenth of the heap: some 1,700 profiles per GiB, with eight topics of 384 dimensions each. */
    private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 16;
    /**
     * Bytes of a word with its count beside its letters, or of a topic's evidence; a topic takes three times as much.
     */
    private static final long OBJECT = 100;

    private final Cache<Key, Entry> profiles = CacheBuilder.<Key, Entry>builder()
        .setMaximumWeight(MOST_BYTES)
        .weigher((key, entry) -> entry.weight)
        .build();

    /** @param written the profile's encoded form; null if the profile was read */
    record CachedProfile(StoredProfile stored, EncodedProfile written) {
        Profile profile() {
            return stored.profile();
        }
    }

    /** @param weight computed once, since the cache asks for it several times per use */
    private record Entry(CachedProfile profile, long weight) {}

    /** Returns the cached profile; null if there is none. */
    CachedProfile get(Key key) {
        Entry entry = profiles.get(key);
        return entry == null ? null : entry.profile;
    }

    /** @param profile as written */
    void put(Key key, CachedProfile profile) {
        profiles.put(key, new Entry(profile, weight(profile.profile(), profile.written)));
    }

    void forget(Key key) {
        profiles.invalidate(key);
    }

    /**
     * Estimates the heap that both take, in bytes. The encoded form consists of vectors, texts and event ids; texts and
     * ids take as much on the heap as encoded.
     */
    static long weight(Profile profile, EncodedProfile written) {
        long bytes = written.bytes().length;
        long dimension = profile.dimension();
        long floatSums = 2L + profile.sumsByHalfLife().size();
        long declared = profile.declared().list().size();
        List<Topic> topics = profile.topics().list();
        List<Topic> against = profile.against().list();
        long quantizedSums = (long) topics.size() + against.size() + (profile.skipped().isEmpty() ? 0 : 1);
        long vectors = Float.BYTES * dimension * (floatSums + quantizedSums + declared);
        // as SumFormat writes them: float32, 12 bits per number, and float16
        long numbers = dimension * (Float.BYTES * floatSums + Short.BYTES * declared)
            + dimension * 3 / 2 * quantizedSums;
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
