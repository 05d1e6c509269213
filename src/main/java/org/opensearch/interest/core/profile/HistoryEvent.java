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
 * One thing a user did, as history keeps it: enough to find its evidence again, and to tell what it came of. Does not
 * say whose it is.
 *
 * @param key       unique among the user's events: {@link #key} of the event's id, or drawn by chance where it has none
 * @param type      the name of a signal, or of whatever else it was
 * @param item      the item it was about; null where it was none
 * @param text      what was searched or said; null where nothing was
 * @param vector    what the event brought along itself; of unit length, not to be changed; null where it brought none
 * @param shown     the items that were shown; empty for all but impressions
 * @param clicked   those of them that were clicked
 * @param weight    finite: what it counted when it arrived
 * @param scale     what the signal's weight was multiplied by; null where the weight was the event's own
 * @param timestamp milliseconds since 1970, ≥ 0: when it happened
 * @param arrival   when it was recorded
 * @param id        a fingerprint of the event's id, empty where it has none
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
    /** The type of what was only shown. */
    public static final String IMPRESSION = Evidence.IMPRESSION;

    /** Whoever looks at more than this has long begun to skim. */
    private static final int SEEN = 100;

    /** The order in which a user's events are replayed: by time, and one and the same where times are equal. */
    public static final Comparator<HistoryEvent> CANONICAL = Comparator.comparingLong(HistoryEvent::timestamp)
        .thenComparing(HistoryEvent::key);

    /**
     * Where it happened: the caller's names, each null where not given.
     *
     * @param position   in a list of results, ≥ 0; that of the first item where several were shown
     * @param variant    which way of ranking was at work
     * @param experiment whose variant it is
     * @param team       whose pick the item was, in a list that two variants made
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

        /** In no experiment. */
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

    /** The key of an event whose id has that fingerprint. Shorter than any that is drawn. */
    public static String key(long fingerprint) {
        return Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(ByteBuffer.allocate(Long.BYTES).putLong(fingerprint).array());
    }

    /** Whether it says what was shown, and not what somebody did. */
    public boolean isImpression() {
        return shown.isEmpty() == false;
    }

    /** True if the user took an item up: positive weight, and no impression. */
    public boolean isEngagement() {
        return item != null && weight > 0 && isImpression() == false;
    }

    /** Whether it counts in the profile: what was shown does where the mean of what was passed over said anything. */
    public boolean isEvidence() {
        return isImpression() == false || weight != 0;
    }

    /** What was shown to no avail. */
    public List<String> skipped() {
        return skipped(shown, clicked);
    }

    /** The first hundred that were not clicked, each once. */
    public static List<String> skipped(List<String> shown, List<String> clicked) {
        Set<String> chosen = Set.copyOf(clicked);
        return shown.stream().distinct().filter(item -> chosen.contains(item) == false).limit(SEEN).toList();
    }

    /** Tells nothing of what the user did: what is printed may be logged. */
    @Override
    public String toString() {
        return "an event";
    }
}
