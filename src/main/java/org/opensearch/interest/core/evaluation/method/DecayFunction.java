package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.evaluation.data.Case;
import org.opensearch.interest.core.evaluation.data.Dataset;

/**
 * How a user's own events lose weight: with time, or with every event that came after. The latter asks nothing of
 * timestamps but their order, so that it works where they are coarse or missing.
 *
 * @param half   after how long an event weighs half, above zero: milliseconds, or events; infinite for never
 * @param events whether events count and not time
 */
public record DecayFunction(double half, boolean events) {
    public static final DecayFunction NEVER = time(Double.POSITIVE_INFINITY);

    static DecayFunction time(double milliseconds) {
        return new DecayFunction(milliseconds, false);
    }

    static DecayFunction events(double count) {
        return new DecayFunction(count, true);
    }

    /** What the user's n-th event weighs beside what the user did last. */
    double of(Dataset data, Case c, int n) {
        double age = events ? c.seen() - 1 - n : data.lastSeen(c) - data.time(data.own(c.user(), n));
        return Math.pow(2, -age / half);
    }
}
