package org.opensearch.interest.core.profile;

import org.opensearch.interest.core.digest.Sha256;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The last ids of a user's events, so that an event sent twice counts once. Stored as 64-bit fingerprints, oldest
 * first: the probability that a new id is mistaken for one of 4,096 remembered ids is 2·10⁻¹⁶. Immutable, thread-safe.
 */
public final class EventIds {
    /** The number of ids that are remembered. */
    public static final int MEMORY = 4096;

    private static final EventIds NONE = new EventIds(new long[0]);

    private final long[] fingerprints;

    EventIds(long[] fingerprints) {
        if (fingerprints.length > MEMORY) {
            throw new IllegalArgumentException(
                "at most [" + MEMORY + "] ids are remembered, but there are [" + fingerprints.length + "]"
            );
        }
        this.fingerprints = fingerprints;
    }

    public static EventIds none() {
        return NONE;
    }

    /** The first eight bytes of the id's SHA-256. */
    public static long fingerprint(String id) {
        return ByteBuffer.wrap(Sha256.of(id)).getLong();
    }

    public boolean contains(long fingerprint) {
        for (long known : fingerprints) {
            if (known == fingerprint) {
                return true;
            }
        }
        return false;
    }

    /** These ids and one more; the oldest id is dropped if there are {@link #MEMORY} already. */
    EventIds plus(long fingerprint) {
        int from = fingerprints.length == MEMORY ? 1 : 0;
        long[] longer = Arrays.copyOfRange(fingerprints, from, fingerprints.length + 1);
        longer[longer.length - 1] = fingerprint;
        return new EventIds(longer);
    }

    EventIds without(long fingerprint) {
        return new EventIds(Arrays.stream(fingerprints).filter(known -> known != fingerprint).toArray());
    }

    /** Whether ids may have been dropped because there were too many. */
    public boolean isFull() {
        return fingerprints.length == MEMORY;
    }

    /** The ids of both. If there are too many, the latest half of each; if one has fewer, the other fills the rest. */
    EventIds plus(EventIds others) {
        long[] added = Arrays.stream(others.fingerprints).filter(id -> contains(id) == false).toArray();
        int half = MEMORY / 2;
        int addedCount = Math.min(added.length, Math.max(half, MEMORY - fingerprints.length));
        int ownCount = Math.min(fingerprints.length, MEMORY - addedCount);
        long[] both = Arrays.copyOfRange(added, added.length - addedCount, added.length + ownCount);
        System.arraycopy(fingerprints, fingerprints.length - ownCount, both, addedCount, ownCount);
        return new EventIds(both);
    }

    public int size() {
        return fingerprints.length;
    }

    long[] fingerprints() {
        return fingerprints;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof EventIds other && Arrays.equals(fingerprints, other.fingerprints);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(fingerprints);
    }
}
