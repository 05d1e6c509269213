package org.opensearch.interest.core.embedding;

import org.opensearch.interest.core.measure.Latencies;
import org.opensearch.interest.core.measure.LatencyHistogram;

import java.util.concurrent.atomic.LongAdder;

/** Counts of a node's inference since it started. Thread-safe; counting takes no lock. */
public final class InferenceCounts {
    /**
     * One reading.
     *
     * @param requests calls for embeddings that have been answered, the rejected and the failed ones among them
     * @param texts    texts that a model ran on: equal texts in flight once, texts that were skipped or known not at
     *                 all
     * @param batches  runs of a model: as many as texts where it takes one text at a time
     * @param shared   texts that waited for another request's equal text instead of a turn of their own
     * @param tokens   tokens of these, special ones included
     * @param rejected requests turned away because too much waited already, or whose deadline passed
     * @param failed   requests that failed for another reason, or that their caller gave up
     * @param latency  of the requests that were answered with vectors, waiting included
     */
    public record Reading(
        long requests,
        long texts,
        long batches,
        long shared,
        long tokens,
        long rejected,
        long failed,
        Latencies latency
    ) {}

    private final LongAdder texts = new LongAdder();
    private final LongAdder batches = new LongAdder();
    private final LongAdder shared = new LongAdder();
    private final LongAdder tokens = new LongAdder();
    private final LongAdder answered = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LatencyHistogram latency = new LatencyHistogram();

    /** One run of a model. */
    void ran() {
        batches.increment();
    }

    /** One text that needs no run of its own. */
    void shared() {
        shared.increment();
    }

    void embedded(Embedding embedding) {
        texts.increment();
        tokens.add(embedding.tokens());
    }

    public void answered(long nanos) {
        answered.increment();
        latency.record(nanos);
    }

    public void rejected() {
        rejected.increment();
    }

    public void failed() {
        failed.increment();
    }

    public Reading read() {
        long turnedAway = rejected.sum();
        long wrong = failed.sum();
        return new Reading(
            answered.sum() + turnedAway + wrong, texts.sum(), batches.sum(), shared.sum(), tokens.sum(), turnedAway,
            wrong, latency.read()
        );
    }
}
