package org.opensearch.interest.core.tracking;

import org.opensearch.interest.core.profile.HistoryEvent;

import java.util.Objects;

/**
 * One thing that a user did, checked.
 *
 * @param user      who
 * @param type      what: the name of a signal
 * @param object    to what
 * @param weight    finite; the signal's, scaled by a rating's value, or the event's own
 * @param timestamp milliseconds since 1970, ≥ 0, not ahead of the clock
 * @param id        null where the event has none
 * @param scale     what the signal's weight was multiplied by; null where the weight is the event's own, or there is none
 * @param context   where it happened
 */
public record Event(
    UserId user, String type, EventObject object, double weight, long timestamp, String id, Double scale, HistoryEvent.Context context
) {
    public Event {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(object, "object");
        Objects.requireNonNull(context, "context");
    }
}
