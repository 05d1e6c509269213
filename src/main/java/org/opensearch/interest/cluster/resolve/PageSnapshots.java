package org.opensearch.interest.cluster.resolve;

import org.opensearch.common.cache.Cache;
import org.opensearch.common.cache.CacheBuilder;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.interest.core.ranking.InterestFunction;

/**
 * What the first pages of searches saw of their users, for the pages that follow: else an event between two pages would
 * show one item twice and another never. Kept in memory, for five minutes, by the node that holds the user's profile:
 * every coordinating node asks there. What does not fit in is forgotten, the least used first; then a page sees the
 * interests of its own moment. Thread-safe.
 */
public final class PageSnapshots {
    private static final TimeValue KEPT = TimeValue.timeValueMinutes(5);
    /** A thousand users with eight topics each, at 384 dimensions. */
    private static final long BYTES = 16 << 20;
    private static final long OVERHEAD = 500;
    /** Of an item that more speaks for than its vector. */
    private static final long PART = 150;

    /**
     * Of one user and one search. A profile that was forgotten in between is another.
     *
     * @param deletedUntil the profile's own
     */
    record Key(String profileId, long deletedUntil, String search) {}

    private final Cache<Key, ResolvedInterest> snapshots;

    public PageSnapshots() {
        this(KEPT, BYTES);
    }

    PageSnapshots(TimeValue kept, long bytes) {
        snapshots = CacheBuilder.<Key, ResolvedInterest>builder()
            .setExpireAfterWrite(kept)
            .setMaximumWeight(bytes)
            .weigher((key, interest) -> OVERHEAD + interest.known().map(PageSnapshots::bytes).orElse(0L))
            .build();
    }

    private static long bytes(InterestFunction function) {
        return (long) function.directions().size() * function.dimension() * Float.BYTES
            + PART * function.boosts().items().size();
    }

    /**
     * @param now the user's interests of this moment
     * @return what this page is to see: the first one the interests of this moment, which the following ones then see,
     *         too
     */
    ResolvedInterest seenBy(ResultPage page, Key key, ResolvedInterest now) {
        ResolvedInterest seen = page.first() ? null : snapshots.get(key);
        if (seen == null) {
            snapshots.put(key, now);
            return now;
        }
        return seen;
    }
}
