package org.opensearch.interest.core.profile;

import org.opensearch.interest.core.vector.Vectors;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * The vector, weight and time that an event adds to a profile.
 *
 * @param vector    the vector of the event's item or text; of unit length, not to be changed
 * @param source    whether the vector is that of an item or of a text
 * @param weight    finite; a negative weight is negative evidence, a weight of zero counts as an event and changes no
 *                  sum
 * @param timestamp milliseconds since 1970, ≥ 0
 * @param id        a fingerprint of the event's id ({@link EventIds#fingerprint}), empty if the event has none
 * @param item      the item's id; null if the event has no item
 * @param words     the item's title, or the text; empty if unknown
 * @param type      the event's type; empty if unknown
 * @param halfLife  the half-life of its long-term weight in milliseconds; {@link #LONG_TERM} for the profile's
 *                  long-term half-life
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
     * The type of evidence from items that were shown and not clicked. It is stored apart from explicit dislikes.
     */
    public static final String IMPRESSION = "impression";
    public static final long LONG_TERM = 0;

    /** The words that label a topic stand at the beginning of a title or text. */
    private static final int NAMING_CHARACTERS = 200;

    /** The beginning of a title or text, long enough to label a topic: at most 200 characters. */
    public static String labelText(String text) {
        return text.length() <= NAMING_CHARACTERS ? text : text.substring(0, NAMING_CHARACTERS);
    }

    /** Evidence of an unknown type, with the profile's long-term half-life. */
    public Evidence(
        float[] vector, Source source, double weight, long timestamp, OptionalLong id, String item, String words
    ) {
        this(vector, source, weight, timestamp, id, item, words, "", LONG_TERM);
    }

    public Evidence(float[] vector, Source source, double weight, long timestamp, OptionalLong id) {
        this(vector, source, weight, timestamp, id, null, "");
    }

    /** The kind of the vector. Vectors of texts and of items have different means, so their masses are stored apart. */
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

    /** The same evidence with another weight. */
    public Evidence withWeight(double other) {
        return new Evidence(vector, source, other, timestamp, id, item, words, type, halfLife);
    }

    long halfLife(long longTerm) {
        return halfLife == LONG_TERM ? longTerm : halfLife;
    }

    /** Whether it is evidence of interest. */
    boolean isPositive() {
        return weight > 0;
    }

    /** Whether it is negative evidence only because items were shown and not clicked. */
    boolean isSkipped() {
        return weight < 0 && type.equals(IMPRESSION);
    }

    /** Whether it is evidence of a dislike. */
    boolean isDislike() {
        return weight < 0 && isSkipped() == false;
    }
}
