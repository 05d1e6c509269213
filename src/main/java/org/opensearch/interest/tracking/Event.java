package org.opensearch.interest.tracking;

import java.util.Objects;

/**
 * One thing that a user did, checked.
 *
 * @param user      who
 * @param type      what: the name of a signal
 * @param object   to what
 * @param weight    finite; the signal's, scaled by a rating's value, or the event's own
 * @param timestamp milliseconds since 1970, ≥ 0, not ahead of the clock
 * @param id        null where the event has none
 */
public record Event(UserId user, String type, EventObject object, double weight, long timestamp, String id) {
    public Event {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(object, "object");
    }
}
