package org.opensearch.interest.core.tracking;

import java.util.concurrent.atomic.LongAdder;

/** Counts of a node's writes to histories since it started. Thread-safe; counting takes no lock. */
public final class HistoryCounts {
    /**
     * One reading.
     *
     * @param kept    events that were written
     * @param failed  events that could not be written, or not be taken back when their profile was not written
     * @param expired events that were dropped because their time was over
     */
    public record Reading(long kept, long failed, long expired) {}

    private final LongAdder kept = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder expired = new LongAdder();

    public void kept(long events) {
        kept.add(events);
    }

    public void failed(long events) {
        failed.add(events);
    }

    public void expired(long events) {
        expired.add(events);
    }

    public Reading read() {
        return new Reading(kept.sum(), failed.sum(), expired.sum());
    }
}
