package org.opensearch.interest.core.embedding;

import java.util.ArrayList;
import java.util.List;

/**
 * One text on its way to a model, and all who wait for it. Guarded by the scheduler's lock; keeps its model from being
 * freed.
 */
final class PendingText {
    /** A place in a request that waits for this text. */
    record Waiter(EmbeddingJob job, int text) {}

    private final EmbeddingKey key;
    private final Encoder encoder;
    private final List<Waiter> waiters = new ArrayList<>(1);
    private boolean inFastLane;
    private boolean started;

    /** @param encoder has been retained for this turn, and is released when it is over */
    PendingText(EmbeddingKey key, Encoder encoder, boolean inFastLane) {
        this.key = key;
        this.encoder = encoder;
        this.inFastLane = inFastLane;
    }

    EmbeddingKey key() {
        return key;
    }

    Encoder encoder() {
        return encoder;
    }

    void join(EmbeddingJob job, int text) {
        waiters.add(new Waiter(job, text));
    }

    List<Waiter> waiters() {
        return waiters;
    }

    /** True if it waits in the bulk queue only, though a search wants it now; it is in both queues from then on. */
    boolean hurry() {
        boolean hurried = inFastLane == false && started == false;
        inFastLane |= hurried;
        return hurried;
    }

    /** Takes the text; false if another thread took it before. */
    boolean start() {
        boolean first = started == false;
        started = true;
        return first;
    }

    /** True if no request waits any more: answered, failed, or cancelled. */
    boolean over() {
        return waiters.stream().allMatch(waiter -> waiter.job().over());
    }
}
