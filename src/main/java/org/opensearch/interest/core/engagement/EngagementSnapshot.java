package org.opensearch.interest.core.engagement;

import java.util.List;
import java.util.Objects;

/**
 * Engagement of all users, as far as it is the same for every searcher. Immutable.
 *
 * @param items      how many different ones
 * @param events     how many that was learned from
 * @param seen       how many events there were, of any kind
 * @param at         the time that counts are told for, in milliseconds since 1970
 * @param halfLife   of counts, in milliseconds, above 0; infinite where they do not fade
 * @param favourites the items taken up most, the most first; at most {@link #MOST}
 * @param floor      the count of the first item after the favourites, ≥ 0: no other item has more
 */
public record EngagementSnapshot(
    long items,
    long events,
    long seen,
    long at,
    double halfLife,
    List<Favourite> favourites,
    double floor
) {
    /** Enough popular items for some pages. */
    public static final int MOST = 400;

    /** @param count decayed, above 0 */
    public record Favourite(String item, double count) {
        public Favourite {
            Objects.requireNonNull(item, "item");
        }
    }

    public EngagementSnapshot {
        favourites = List.copyOf(favourites);
        if (items < 0 || events < 0 || (halfLife > 0) == false || (floor >= 0) == false) {
            throw new IllegalArgumentException(
                "[" + events + "] events of [" + items + "] items, half-life [" + halfLife + "], floor [" + floor + "]"
            );
        }
    }

    /** Decayed count at another time. */
    public double fading(long time) {
        return Math.pow(2, -(time - at) / halfLife);
    }
}
