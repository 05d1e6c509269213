package org.opensearch.interest.cluster.engagement;

import org.opensearch.action.ActionRunnable;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.common.breaker.CircuitBreaker;
import org.opensearch.interest.cluster.history.EventHistory;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.interest.core.engagement.EngagementLearner;
import org.opensearch.interest.core.engagement.EngagementSnapshot;
import org.opensearch.interest.core.tracking.Tracker;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Learns from a tracker's history what all of its users together take up, and puts it to use. Goes through all kept
 * events once, in time order; the heap that this takes is reserved as it grows. Thread-safe; never blocks.
 */
public final class EngagementBuilder {
    private static final int PAGE = 5_000;

    private final EventHistory history;
    private final EngagementStore store;
    private final TrackerStore trackers;
    private final Executor threads;
    private final Clock clock;

    /** @param events that were learned from; 0 where there is nothing to learn, and what was before is gone */
    public record Result(long events, long items) {}

    /** @param threads for work that takes its time */
    public EngagementBuilder(
        EventHistory history, EngagementStore store, TrackerStore trackers, Executor threads, Clock clock
    ) {
        this.history = history;
        this.store = store;
        this.trackers = trackers;
        this.threads = threads;
        this.clock = clock;
    }

    /** One build's heap. For one thread at a time. */
    private static final class Heap {
        private final CircuitBreaker breaker;
        private long bytes;

        Heap(CircuitBreaker breaker) {
            this.breaker = breaker;
        }

        void grow(long to) {
            if (to > bytes) {
                breaker.addEstimateBytesAndMaybeBreak(to - bytes, "interest engagement");
                bytes = to;
            }
        }

        void release() {
            breaker.addWithoutBreaking(-bytes);
            bytes = 0;
        }
    }

    /**
     * @param progress told how many events were read; throws to stop
     * @param owner    makes a search part of a task
     * @param breaker  is told of the heap it takes
     */
    public void run(
        Tracker tracker, LongConsumer progress, Consumer<SearchRequest> owner, CircuitBreaker breaker,
        ActionListener<Result> listener
    ) {
        if (tracker.history().enabled() == false) {
            store.delete(tracker, ActionListener.map(listener, gone -> new Result(0, 0)));
            return;
        }
        Heap heap = new Heap(breaker);
        EngagementLearner learner = new EngagementLearner(tracker.halfLives().longTerm());
        long[] read = { 0 };
        ActionListener<Result> released = ActionListener.runBefore(listener, heap::release);
        history.refresh(tracker, ActionListener.wrap(refreshed -> {
            history.pages(tracker, List.of(), 0, Long.MAX_VALUE, PAGE, owner, (page, next) -> {
                threads.execute(ActionRunnable.supply(next, () -> {
                    for (EventHistory.UserEvent one : page) {
                        if (one.event().isEngagement()) {
                            learner.take(one.user(), one.event().item(), one.event().timestamp());
                        }
                    }
                    read[0] += page.size();
                    heap.grow(learner.bytes());
                    progress.accept(read[0]);
                    return true;
                }));
            }, ActionListener.wrap(done -> {
                threads.execute(ActionRunnable.wrap(released, then -> keep(tracker, learner, read[0], then)));
            }, released::onFailure));
        }, released::onFailure));
    }

    private void keep(Tracker tracker, EngagementLearner learner, long seen, ActionListener<Result> listener) {
        EngagementSnapshot snapshot = learner.snapshot(seen, clock.millis());
        Result result = new Result(snapshot.events(), snapshot.items());
        if (snapshot.events() == 0) {
            store.delete(tracker, ActionListener.map(listener, gone -> result));
            return;
        }
        store.put(
            tracker, learner, snapshot, threads,
            ActionListener.wrap(kept -> stillThere(tracker, result, listener), listener::onFailure)
        );
    }

    /** A tracker that was deleted meanwhile has deleted what it had already: this came after that. */
    private void stillThere(Tracker tracker, Result result, ActionListener<Result> listener) {
        ActionListener<Tracker> found = ActionListener.wrap(now -> {
            if (now.uid().equals(tracker.uid()) == false) {
                throw TrackerStore.unknown(tracker.name());
            }
            listener.onResponse(result);
        }, e -> store.delete(tracker, ActionListener.wrap(() -> listener.onFailure(e))));
        trackers.get(tracker.name(), found);
    }
}
