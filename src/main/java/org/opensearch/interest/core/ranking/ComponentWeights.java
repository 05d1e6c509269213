package org.opensearch.interest.core.ranking;

/**
 * The weights of the components of an interest. The unit of content is a standard deviation of the catalogue; the unit
 * of the other components is a natural logarithm: e times the odds. So a weight of 1 means about the same for each
 * component. Immutable.
 *
 * @param content weight of the items' content
 * @param related weight of co-engagement: items that users engaged with who also engaged with the user's items
 * @param popular weight of items that many users engaged with
 * @param repeat  weight of items that the user engaged with before
 */
public record ComponentWeights(double content, double related, double popular, double repeat) {
    /** The largest weight. With a larger one, a component would leave nothing of the others anyway. */
    public static final double MOST = 1_000;
    /** The default: only content counts. */
    public static final ComponentWeights CONTENT_ALONE = new ComponentWeights(1, 0, 0, 0);

    public ComponentWeights {
        require("content", content);
        require("related", related);
        require("popular", popular);
        require("repeat", repeat);
        if (content + related + popular + repeat == 0) {
            throw new IllegalArgumentException(
                "[interest] one of [content, related, popular, repeat] must be above 0, but all are 0"
            );
        }
    }

    private static void require(String part, double weight) {
        if ((weight >= 0 && weight <= MOST) == false) {
            throw new IllegalArgumentException(
                "[interest] the weight of part [" + part + "] must be in [0,1000], but was [" + weight + "]"
            );
        }
    }

    /** Whether any component other than content counts. */
    public boolean needsItems() {
        return needsSnapshot() || repeat > 0;
    }

    /** Whether a component counts that is computed from the engagement snapshot. */
    public boolean needsSnapshot() {
        return related > 0 || popular > 0;
    }
}
