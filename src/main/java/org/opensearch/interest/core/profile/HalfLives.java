package org.opensearch.interest.core.profile;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How fast belief fades. All in milliseconds, > 0.
 *
 * @param shortTerm in which recent evidence loses half of its weight
 * @param longTerm  the same for lasting interest, and for evidence against
 * @param bySignal  instead of the long-term half-life, for evidence of these types; at most {@link #MOST_OWN} different
 *                  ones
 */
public record HalfLives(long shortTerm, long longTerm, Map<String, Long> bySignal) {
    /** Each half-life of its own is one more exact sum in every profile. */
    public static final int MOST_OWN = 3;

    public HalfLives {
        bySignal = Collections.unmodifiableMap(new TreeMap<>(bySignal));
        if (shortTerm <= 0 || longTerm <= 0 || bySignal.values().stream().anyMatch(halfLife -> halfLife <= 0)) {
            throw new IllegalArgumentException(
                "half-lives must be longer than 0 ms, but were [" + shortTerm + "], [" + longTerm + "] and " + bySignal
            );
        }
    }

    public HalfLives(long shortTerm, long longTerm) {
        this(shortTerm, longTerm, Map.of());
    }

    /** By which evidence of a type fades for good. What was shown in vain is soon forgotten, unless said otherwise. */
    public long of(String type) {
        return bySignal.getOrDefault(type, type.equals(Evidence.IMPRESSION) ? shortTerm : longTerm);
    }

    /** The half-lives of lasting evidence other than the long-term one. */
    public SortedSet<Long> own() {
        TreeMap<String, Long> lasting = new TreeMap<>(bySignal);
        lasting.remove(Evidence.IMPRESSION);
        SortedSet<Long> own = new TreeSet<>(lasting.values());
        own.remove(longTerm);
        return own;
    }

    /** The one of them that a half-life is nearest to by ratio. */
    static long nearest(long halfLife, Collection<Long> to) {
        return to.stream()
            .min(Comparator.comparingDouble(one -> Math.abs(Math.log((double) one / halfLife))))
            .orElseThrow();
    }
}
