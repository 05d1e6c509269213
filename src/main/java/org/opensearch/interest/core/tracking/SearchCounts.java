package org.opensearch.interest.core.tracking;

import org.opensearch.interest.core.measure.Latencies;
import org.opensearch.interest.core.measure.LatencyHistogram;

import java.util.concurrent.atomic.LongAdder;

/** How the users of searches were resolved on a node since it started. Thread-safe; counting takes no lock. */
public final class SearchCounts {
    /** Result of resolving the user of a search. */
    public enum Outcome {
        /** the interests of its user */
        PERSONAL,
        /** none: nothing is known of its user */
        PLAIN,
        /** none: what is known could not be read */
        DEGRADED
    }

    /**
     * One reading.
     *
     * @param queries      users resolved, one or more a search: the sum of the following three
     * @param personal     with interests found
     * @param plain        of whom nothing is known
     * @param degraded     of whom something may be known that could not be read
     * @param contentAlone of the personal ones, those that should have counted what others or the users themselves took
     *                     up, which was not there or could not be read
     * @param latency      of resolving a user
     */
    public record Reading(
        long queries,
        long personal,
        long plain,
        long degraded,
        long contentAlone,
        Latencies latency
    ) {}

    private final LongAdder personal = new LongAdder();
    private final LongAdder plain = new LongAdder();
    private final LongAdder degraded = new LongAdder();
    private final LongAdder contentAlone = new LongAdder();
    private final LatencyHistogram latency = new LatencyHistogram();

    public void resolved(Outcome outcome, long nanos) {
        switch (outcome) {
            case PERSONAL -> personal.increment();
            case PLAIN -> plain.increment();
            case DEGRADED -> degraded.increment();
        }
        latency.record(nanos);
    }

    /** An interest was ranked by its content alone, though more was to count. */
    public void contentAlone() {
        contentAlone.increment();
    }

    public Reading read() {
        long found = personal.sum();
        long unknown = plain.sum();
        long unreadable = degraded.sum();
        return new Reading(
            found + unknown + unreadable, found, unknown, unreadable, contentAlone.sum(), latency.read()
        );
    }
}
