package org.opensearch.interest.cluster.resolve;

import org.opensearch.common.cache.Cache;
import org.opensearch.common.cache.CacheBuilder;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.interest.core.ranking.InterestFunction;

/**
 * Cache of the interests that the first pages of searches used, for the pages that follow: otherwise an event between
 * two pages would show one item twice and another never. The node that writes the user's profile holds them in memory
 * for five minutes, and every coordinating node asks that node. If memory runs out, the least recently used entries are
 * evicted; a later page then uses the current interests. Thread-safe.
 */
public final class PageSnapshots {
    private static final TimeValue LIFETIME = TimeValue.timeValueMinutes(5);
    /** A thousand users with eight topics each, at 384 dimensions. */
    private static final long BYTES = 16 << 20;
    private static final long OVERHEAD = 500;
    /** Bytes of one item boost. */
    private static final long BOOST = 150;

    /**
     * One search of one user. After a user was forgotten, the key is another one.
     *
     * @param deletedUntil the profile's deletion time
     */
    record Key(String profileId, long deletedUntil, String search) {}

    private final Cache<Key, ResolvedInterest> snapshots;

    public PageSnapshots() {
        this(LIFETIME, BYTES);
    }

    PageSnapshots(TimeValue lifetime, long bytes) {
        snapshots = CacheBuilder.<Key, ResolvedInterest>builder()
            .setExpireAfterWrite(lifetime)
            .setMaximumWeight(bytes)
            .weigher((key, interest) -> OVERHEAD + interest.known().map(PageSnapshots::bytes).orElse(0L))
            .build();
    }

    private static long bytes(InterestFunction function) {
        return (long) function.directions().size() * function.dimension() * Float.BYTES
            + BOOST * function.boosts().items().size();
    }

    /**
     * Returns the interests that a page uses: the first page uses the current ones, and the following pages use those
     * of the first.
     *
     * @param now the user's current interests
     *
     * @return {@code now} for a first page or if nothing is cached; else the cached interests
     */
    ResolvedInterest seenBy(ResultPage page, Key key, ResolvedInterest now) {
        ResolvedInterest cached = page.first() ? null : snapshots.get(key);
        if (cached == null) {
            snapshots.put(key, now);
            return now;
        }
        return cached;
    }
}
