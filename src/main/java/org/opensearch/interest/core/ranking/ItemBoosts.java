package org.opensearch.interest.core.ranking;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The parts of an interest besides its content, resolved: a number for each of a few items, none for all others.
 * Immutable.
 *
 * @param content how much content counts, ≥ 0
 * @param items   by id; at most {@link #MOST}
 */
public record ItemBoosts(float content, SortedMap<String, ItemBoost> items) {
    /** Some pages' worth; all of them travel to every shard, and are looked up in every segment. */
    public static final int MOST = 1_000;
    /** Content as it is, and nothing else. */
    public static final ItemBoosts NONE = new ItemBoosts(1f, new TreeMap<>());

    public ItemBoosts {
        items = Collections.unmodifiableSortedMap(new TreeMap<>(items));
        if ((content >= 0f && content < Float.POSITIVE_INFINITY) == false) {
            throw new IllegalArgumentException(
                "the weight of content must be finite and ≥ 0, but is [" + content + "]"
            );
        }
        if (items.size() > MOST) {
            throw new IllegalArgumentException(
                "[" + items.size() + "] items, where parts speak for [" + MOST + "] at most"
            );
        }
    }

    public static ItemBoosts of(float content, Map<String, ItemBoost> items) {
        return new ItemBoosts(content, new TreeMap<>(items));
    }

    /** Tells nothing of what the user did: what is printed may be logged. */
    @Override
    public String toString() {
        return "Parts[content=" + content + ", " + items.size() + " items]";
    }

    /** Of any item. */
    public ItemBoost of(String id) {
        return items.getOrDefault(id, ItemBoost.NONE);
    }
}
