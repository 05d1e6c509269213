package org.opensearch.interest.core.ranking;

/**
 * The contributions of the components other than content to one item's score, multiplied by their weights, ≥ 0 and
 * finite. Immutable.
 *
 * @param related because users engaged with it who also engaged with the user's items
 * @param popular because many users engaged with it
 * @param repeat  because the user engaged with it before
 * @param by      the user's item that it is most related to; null if there is none
 */
public record ItemBoost(float related, float popular, float repeat, String by) {
    public static final ItemBoost NONE = new ItemBoost(0f, 0f, 0f, null);

    public ItemBoost {
        require("related", related);
        require("popular", popular);
        require("repeat", repeat);
    }

    private static void require(String component, float boost) {
        if ((boost >= 0f && boost < Float.POSITIVE_INFINITY) == false) {
            throw new IllegalArgumentException(
                "the boost of component [" + component + "] must be finite and ≥ 0, but is [" + boost + "]"
            );
        }
    }

    /** The sum of the boosts, which is added to the item's z. */
    public float sum() {
        return related + popular + repeat;
    }
}
