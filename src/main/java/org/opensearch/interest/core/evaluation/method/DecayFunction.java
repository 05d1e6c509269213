package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.evaluation.data.Case;
import org.opensearch.interest.core.evaluation.data.Dataset;

/**
 * Decay of a user's own events: with time, or with every later event. The latter needs only the order of timestamps, so
 * that it works if they are coarse or missing.
 *
 * @param half   half-life, above zero: in milliseconds, or in events; infinite for no decay
 * @param events whether the half-life counts events and not time
 */
public record DecayFunction(double half, boolean events) {
    public static final DecayFunction NEVER = time(Double.POSITIVE_INFINITY);

    static DecayFunction time(double milliseconds) {
        return new DecayFunction(milliseconds, false);
    }

    static DecayFunction events(double count) {
        return new DecayFunction(count, true);
    }

    /** Returns the weight of the user's n-th event relative to that of the user's last event. */
    double of(Dataset data, Case c, int n) {
        double age = events ? c.seen() - 1 - n : data.lastSeen(c) - data.time(data.own(c.user(), n));
        return Math.pow(2, -age / half);
    }
}
