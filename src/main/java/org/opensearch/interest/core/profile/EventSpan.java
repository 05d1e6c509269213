package org.opensearch.interest.core.profile;

/**
 * The number of events, and the time of the first and the last.
 *
 * @param events ≥ 0
 * @param first  the earliest event's time, in milliseconds since 1970; 0 if there are no events
 * @param last   the latest event's time
 */
record EventSpan(long events, long first, long last) {
    static final EventSpan NONE = new EventSpan(0, 0, 0);

    EventSpan {
        if (events < 0 || first > last) {
            throw new IllegalArgumentException("[" + events + "] events from [" + first + "] to [" + last + "]");
        }
    }

    EventSpan plus(long timestamp) {
        return plus(new EventSpan(1, timestamp, timestamp));
    }

    EventSpan plus(EventSpan other) {
        boolean both = events > 0 && other.events > 0;
        long earliest = both ? Math.min(first, other.first) : events > 0 ? first : other.first;
        return new EventSpan(events + other.events, earliest, Math.max(last, other.last));
    }

    /** One event less. The times do not change and are bounds from then on. */
    EventSpan minusOne() {
        return new EventSpan(events - 1, first, last);
    }
}
