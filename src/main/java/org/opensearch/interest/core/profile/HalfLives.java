package org.opensearch.interest.core.profile;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The half-lives of evidence. All in milliseconds, > 0.
 *
 * @param shortTerm of short-term interest
 * @param longTerm  of long-term interest, and of negative evidence
 * @param bySignal  from event type to the half-life that replaces the long-term one for its evidence; at most
 *                  {@link #MOST_OWN} different half-lives
 */
public record HalfLives(long shortTerm, long longTerm, Map<String, Long> bySignal) {
    /** The most half-lives by signal. Each one is one more exact sum in every profile. */
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

    /** The long-term half-life of evidence of a type. The default for impressions is the short-term half-life. */
    public long of(String type) {
        return bySignal.getOrDefault(type, type.equals(Evidence.IMPRESSION) ? shortTerm : longTerm);
    }

    /** The half-lives by signal that differ from the long-term one; impressions are left out. */
    public SortedSet<Long> own() {
        TreeMap<String, Long> withoutImpressions = new TreeMap<>(bySignal);
        withoutImpressions.remove(Evidence.IMPRESSION);
        SortedSet<Long> own = new TreeSet<>(withoutImpressions.values());
        own.remove(longTerm);
        return own;
    }

    /** The candidate that is nearest to a half-life by ratio. */
    static long nearest(long halfLife, Collection<Long> candidates) {
        return candidates.stream()
            .min(Comparator.comparingDouble(candidate -> Math.abs(Math.log((double) candidate / halfLife))))
            .orElseThrow();
    }
}
