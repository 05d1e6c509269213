package org.opensearch.interest.core.profile;

import org.opensearch.interest.core.vector.Vectors;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;

/**
 * An event as the history stores it: enough to compute its evidence again, and to know in which search or experiment it
 * happened. Does not name the user.
 *
 * @param key       unique among the user's events: {@link #key} of the event's id, or random if it has none
 * @param type      the name of a signal, or another type
 * @param item      the item's id; null if the event has no item
 * @param text      the text of a search or of a comment; null if there is none
 * @param vector    the vector that was sent with the event; of unit length, not to be changed; null if none was sent
 * @param shown     the items that were shown; empty unless the event is an impression
 * @param clicked   the shown items that were clicked
 * @param weight    finite: the event's weight when it arrived
 * @param scale     the factor on the signal's weight; null if the event was sent with a weight of its own
 * @param timestamp milliseconds since 1970, ≥ 0: the time of the event
 * @param arrival   the time at which it was recorded
 * @param id        a fingerprint of the event's id; empty if it has none
 */
public record HistoryEvent(
    String key,
    String type,
    String item,
    String text,
    float[] vector,
    List<String> shown,
    List<String> clicked,
    double weight,
    Double scale,
    long timestamp,
    long arrival,
    OptionalLong id,
    Context context
) {
    /** The type of events that list shown items. */
    public static final String IMPRESSION = Evidence.IMPRESSION;

    /** The most skipped items that count. Users only skim the results beyond. */
    private static final int MAX_SKIPPED = 100;

    /** The order in which a user's events are replayed: by time, then by key, so that it is always the same. */
    public static final Comparator<HistoryEvent> CANONICAL = Comparator.comparingLong(HistoryEvent::timestamp)
        .thenComparing(HistoryEvent::key);

    /**
     * The circumstances of an event, by the caller's names; each is null if not given.
     *
     * @param position   in the list of results, ≥ 0; that of the first item if several were shown
     * @param variant    the variant that ranked the list
     * @param experiment the experiment of the variant
     * @param team       the variant that picked the item, in a list that two variants interleaved
     */
    public record Context(
        String session,
        String queryId,
        Long position,
        String variant,
        String experiment,
        String team
    ) {
        public static final Context NONE = new Context(null, null, null, null);

        /** A context outside of experiments. */
        public Context(String session, String queryId, Long position, String variant) {
            this(session, queryId, position, variant, null, null);
        }
    }

    public HistoryEvent {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(context, "context");
        shown = List.copyOf(shown);
        clicked = List.copyOf(clicked);
        if (vector != null) {
            Vectors.requireUnit("vector", vector);
        }
        if (shown.isEmpty() && item == null && text == null && vector == null) {
            throw new IllegalArgumentException("an event of type [" + type + "] about nothing");
        }
        if (Double.isFinite(weight) == false || timestamp < 0) {
            throw new IllegalArgumentException("an event of weight [" + weight + "] at [" + timestamp + "]");
        }
    }

    /** The key of an event whose id has that fingerprint. Shorter than every random key. */
    public static String key(long fingerprint) {
        return Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(ByteBuffer.allocate(Long.BYTES).putLong(fingerprint).array());
    }

    /** Whether it lists shown items and is not an action of the user. */
    public boolean isImpression() {
        return shown.isEmpty() == false;
    }

    /** Whether the user engaged with an item: the weight is positive, and it is no impression. */
    public boolean isEngagement() {
        return item != null && weight > 0 && isImpression() == false;
    }

    /**
     * Whether it counts in the profile. An impression does if its weight is not zero, that is, if the mean of the
     * skipped items has a direction.
     */
    public boolean isEvidence() {
        return isImpression() == false || weight != 0;
    }

    /** The shown items that were not clicked; see {@link #skipped(List, List)}. */
    public List<String> skipped() {
        return skipped(shown, clicked);
    }

    /** The first hundred shown items that were not clicked, each once. */
    public static List<String> skipped(List<String> shown, List<String> clicked) {
        Set<String> chosen = Set.copyOf(clicked);
        return shown.stream().distinct().filter(item -> chosen.contains(item) == false).limit(MAX_SKIPPED).toList();
    }

    /** Contains nothing of the user's behaviour, because it may be logged. */
    @Override
    public String toString() {
        return "an event";
    }
}
