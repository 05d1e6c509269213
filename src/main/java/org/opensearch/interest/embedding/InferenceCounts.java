package org.opensearch.interest.embedding;

import org.opensearch.interest.measure.Latencies;
import org.opensearch.interest.measure.LatencyHistogram;

import java.util.concurrent.atomic.LongAdder;

/** What a node's models did since it started. Thread-safe; counting takes no lock. */
public final class InferenceCounts {
    /**
     * One reading.
     *
     * @param requests calls for embeddings that have been answered, the rejected and the failed ones among them
     * @param texts    texts that a model ran on: equal texts of one request once, texts that were skipped not at all
     * @param tokens   tokens of these, special ones included
     * @param rejected requests turned away because too much waited already
     * @param failed   requests that failed for another reason, or that their caller gave up
     * @param latency  of the requests that were answered with vectors, waiting included
     */
    public record Reading(long requests, long texts, long tokens, long rejected, long failed, Latencies latency) {}

    private final LongAdder texts = new LongAdder();
    private final LongAdder tokens = new LongAdder();
    private final LongAdder answered = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LatencyHistogram latency = new LatencyHistogram();

    void ran(Embedding embedding) {
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
        return new Reading(answered.sum() + turnedAway + wrong, texts.sum(), tokens.sum(), turnedAway, wrong, latency.read());
    }
}
