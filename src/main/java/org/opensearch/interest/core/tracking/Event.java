package org.opensearch.interest.core.tracking;

import org.opensearch.interest.core.profile.HistoryEvent;
import org.opensearch.interest.core.vector.Vectors;

import java.util.List;
import java.util.Objects;

/**
 * One thing that a user did, checked.
 *
 * @param user      who
 * @param type      what: the name of a signal
 * @param target    to what
 * @param weight    finite; the signal's, scaled by a rating's value, or the event's own
 * @param timestamp milliseconds since 1970, ≥ 0, not ahead of the clock
 * @param id        null where the event has none
 * @param scale     what the signal's weight was multiplied by; null where the weight is the event's own, or there is
 *                  none
 * @param context   where it happened
 */
public record Event(
    UserId user,
    String type,
    Target target,
    double weight,
    long timestamp,
    String id,
    Double scale,
    HistoryEvent.Context context
) {
    public Event {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(context, "context");
    }

    /** Target of an event: the source of its evidence. */
    public sealed interface Target {
        /** An item of the catalogue: its stored vector. */
        record Item(String id) implements Target {}

        /** An item and what was said of it: the item's vector, for or against it as the text says. */
        record Comment(String item, String text) implements Target {}

        /** A text, embedded as a query. */
        record Text(String text) implements Target {}

        /** A vector that the caller brings; made a unit vector. */
        record Vector(float[] unit) implements Target {
            public Vector {
                Vectors.requireUnit("vector", unit);
            }
        }

        /**
         * Items that were shown: weak evidence against the skipped ones, none for the clicked ones, since clicks are
         * events of their own.
         */
        record Impression(List<String> items, List<String> clicked) implements Target {
            /** Those that were not clicked, each once, up to where people stop looking. */
            public List<String> skipped() {
                return HistoryEvent.skipped(items, clicked);
            }
        }
    }
}
