package org.opensearch.interest.core.profile;

import org.opensearch.interest.core.digest.Sha256;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The last ids a user's events came with, so that an event sent twice counts once. Kept as 64-bit fingerprints, oldest
 * first: the chance that a new id is taken for one of 4,096 remembered ones is 2·10⁻¹⁶. Immutable, thread-safe.
 */
public final class EventIds {
    /** How many ids are remembered. */
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

    /** Remembers one more; the oldest is forgotten where memory is full. */
    EventIds plus(long fingerprint) {
        int from = fingerprints.length == MEMORY ? 1 : 0;
        long[] longer = Arrays.copyOfRange(fingerprints, from, fingerprints.length + 1);
        longer[longer.length - 1] = fingerprint;
        return new EventIds(longer);
    }

    EventIds without(long fingerprint) {
        return new EventIds(Arrays.stream(fingerprints).filter(known -> known != fingerprint).toArray());
    }

    /** Whether ids may have been forgotten, because there were too many. */
    public boolean isFull() {
        return fingerprints.length == MEMORY;
    }

    /** Both memories as one; where that is too much, the latest of each in equal parts, as far as each has them. */
    EventIds plus(EventIds others) {
        long[] theirs = Arrays.stream(others.fingerprints).filter(id -> contains(id) == false).toArray();
        int half = MEMORY / 2;
        int fromTheirs = Math.min(theirs.length, Math.max(half, MEMORY - fingerprints.length));
        int fromMine = Math.min(fingerprints.length, MEMORY - fromTheirs);
        long[] both = Arrays.copyOfRange(theirs, theirs.length - fromTheirs, theirs.length + fromMine);
        System.arraycopy(fingerprints, fingerprints.length - fromMine, both, fromTheirs, fromMine);
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
