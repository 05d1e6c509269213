package org.opensearch.interest.core.ranking;

/**
 * What speaks for one item besides its content, each weighed already, ≥ 0 and finite. Immutable.
 *
 * @param related that those took it up who took up the user's items
 * @param popular that many take it up
 * @param repeat  that the user took it up before
 * @param by      the user's item that it is related to most; null where it is to none
 */
public record ItemBoost(float related, float popular, float repeat, String by) {
    public static final ItemBoost NONE = new ItemBoost(0f, 0f, 0f, null);

    public ItemBoost {
        require("related", related);
        require("popular", popular);
        require("repeat", repeat);
    }

    private static void require(String part, float adds) {
        if ((adds >= 0f && adds < Float.POSITIVE_INFINITY) == false) {
            throw new IllegalArgumentException(
                "what part [" + part + "] adds must be finite and ≥ 0, but is [" + adds + "]"
            );
        }
    }

    /** What they add to the item's z. */
    public float sum() {
        return related + popular + repeat;
    }
}
