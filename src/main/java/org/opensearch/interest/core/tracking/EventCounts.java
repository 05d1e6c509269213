package org.opensearch.interest.core.tracking;

import org.opensearch.interest.core.measure.Latencies;
import org.opensearch.interest.core.measure.LatencyHistogram;

import java.util.concurrent.atomic.LongAdder;

/** Counts of the results of events that a node received since it started. Thread-safe; counting takes no lock. */
public final class EventCounts {
    /**
     * One reading.
     *
     * @param applied   events that a profile took up
     * @param duplicate events whose id their user's profile knew
     * @param ignored   events that are no evidence
     * @param failed    events refused, with their reason in the answer
     * @param latency   of requests, however many events they carried
     */
    public record Reading(long applied, long duplicate, long ignored, long failed, Latencies latency) {}

    private final LongAdder applied = new LongAdder();
    private final LongAdder duplicate = new LongAdder();
    private final LongAdder ignored = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LatencyHistogram latency = new LatencyHistogram();

    public void applied() {
        applied.increment();
    }

    public void duplicate() {
        duplicate.increment();
    }

    public void ignored() {
        ignored.increment();
    }

    public void failed(int events) {
        failed.add(events);
    }

    /** A request, failed or not. */
    public void took(long nanos) {
        latency.record(nanos);
    }

    public Reading read() {
        return new Reading(applied.sum(), duplicate.sum(), ignored.sum(), failed.sum(), latency.read());
    }
}
