package org.opensearch.interest.core.ranking;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The boosts of a few items by the components other than content, and the weight of content. All other items have no
 * boost. Immutable.
 *
 * @param content the weight of content, ≥ 0
 * @param items   boosts by item id; at most {@link #MOST}
 */
public record ItemBoosts(float content, SortedMap<String, ItemBoost> items) {
    /**
     * The most boosted items: enough for several pages. All of them are sent to every shard and looked up in every
     * segment.
     */
    public static final int MOST = 1_000;
    /** Content with weight 1, and no boosts. */
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
                "[" + items.size() + "] items have a boost, but at most [" + MOST + "] may"
            );
        }
    }

    public static ItemBoosts of(float content, Map<String, ItemBoost> items) {
        return new ItemBoosts(content, new TreeMap<>(items));
    }

    /** Contains nothing of the user's behaviour, because it may be logged. */
    @Override
    public String toString() {
        return "ItemBoosts[content=" + content + ", " + items.size() + " items]";
    }

    /** The boost of any item; {@link ItemBoost#NONE} if it has none. */
    public ItemBoost of(String id) {
        return items.getOrDefault(id, ItemBoost.NONE);
    }
}
