package org.opensearch.interest.core.ranking;

/**
 * How much each part of an interest counts beside the others. One of content is a standard deviation of the catalogue;
 * one of any other part is a natural logarithm, e times the odds; so a weight of 1 is about as much of each. Immutable.
 *
 * @param content what the items are about
 * @param related what those took up who took up the user's items
 * @param popular what many take up
 * @param repeat  what the user took up before
 */
public record ComponentWeights(double content, double related, double popular, double repeat) {
    /** Beyond, one part leaves nothing of the others anyway. */
    public static final double MOST = 1_000;
    /** As long as nobody chose anything else. */
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

    /** Whether anything but the items' content counts. */
    public boolean needsItems() {
        return needsSnapshot() || repeat > 0;
    }

    /** Whether it counts what others do. */
    public boolean needsSnapshot() {
        return related > 0 || popular > 0;
    }
}
