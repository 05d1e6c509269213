package org.opensearch.interest.core.profile;

import org.opensearch.interest.core.vector.Vectors;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * One thing a user did, as the profile sees it.
 *
 * @param vector    what it was about; of unit length, not to be changed
 * @param source    where the vector comes from
 * @param weight    finite; below zero is evidence against, zero counts as an event and moves nothing
 * @param timestamp milliseconds since 1970, ≥ 0
 * @param id        a fingerprint of the event's id ({@link EventIds#fingerprint}), empty where it has none
 * @param item      the item's id, null where it was none
 * @param words     what it was called: the item's title, or the text; empty where nobody knows
 * @param type      the event's; empty where nobody knows
 * @param halfLife  milliseconds in which it loses half of its weight for good; {@link #LONG_TERM} for the profile's own
 */
public record Evidence(
    float[] vector,
    Source source,
    double weight,
    long timestamp,
    OptionalLong id,
    String item,
    String words,
    String type,
    long halfLife
) {
    /**
     * The type of what was shown and passed over. Such evidence is kept apart from what was turned down in so many
     * words.
     */
    public static final String IMPRESSION = "impression";
    public static final long LONG_TERM = 0;

    /** What a topic is named by stands at the beginning of a title or text. */
    private static final int NAMING_CHARACTERS = 200;

    /** As much of a title or text as names a topic. */
    public static String naming(String text) {
        return text.length() <= NAMING_CHARACTERS ? text : text.substring(0, NAMING_CHARACTERS);
    }

    /** Of a type nobody knows, with the profile's own half-life. */
    public Evidence(
        float[] vector, Source source, double weight, long timestamp, OptionalLong id, String item, String words
    ) {
        this(vector, source, weight, timestamp, id, item, words, "", LONG_TERM);
    }

    public Evidence(float[] vector, Source source, double weight, long timestamp, OptionalLong id) {
        this(vector, source, weight, timestamp, id, null, "");
    }

    /** Texts and items lie around different means, so their masses are kept apart. */
    public enum Source {
        ITEM,
        TEXT
    }

    public Evidence {
        Vectors.requireUnit("vector", vector);
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(words, "words");
        Objects.requireNonNull(type, "type");
        if (Double.isFinite(weight) == false) {
            throw new IllegalArgumentException("[weight] must be finite, but was [" + weight + "]");
        }
        if (timestamp < 0) {
            throw new IllegalArgumentException("[timestamp] must not be before 1970, but was [" + timestamp + "]");
        }
        if (halfLife < 0) {
            throw new IllegalArgumentException("[half_life] must be longer than 0 ms, but was [" + halfLife + "]");
        }
    }

    /** The same, as if it had weighed that much. */
    public Evidence weighing(double other) {
        return new Evidence(vector, source, other, timestamp, id, item, words, type, halfLife);
    }

    long halfLife(long longTerm) {
        return halfLife == LONG_TERM ? longTerm : halfLife;
    }

    /** Whether it is evidence of interest. */
    boolean speaksFor() {
        return weight > 0;
    }

    /** Whether it was shown, and that is all there is against it. */
    boolean isPassedOver() {
        return weight < 0 && type.equals(IMPRESSION);
    }

    /** Whether it was turned down. */
    boolean speaksAgainst() {
        return weight < 0 && isPassedOver() == false;
    }
}
