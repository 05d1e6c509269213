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
 * Builds a tracker's engagement snapshot from the events of all users in the history, and puts it to use. Reads all
 * events once, in time order, and reserves heap as it grows. Thread-safe; never blocks.
 */
public final class EngagementBuilder {
    private static final int PAGE = 5_000;

    private final EventHistory history;
    private final EngagementStore store;
    private final TrackerStore trackers;
    private final Executor threads;
    private final Clock clock;

    /**
     * @param events number of events learned from; 0 if there are none: an earlier snapshot is then deleted
     * @param items  number of items in the snapshot
     */
    public record Result(long events, long items) {}

    /** @param threads for long work */
    public EngagementBuilder(
        EventHistory history, EngagementStore store, TrackerStore trackers, Executor threads, Clock clock
    ) {
        this.history = history;
        this.store = store;
        this.trackers = trackers;
        this.threads = threads;
        this.clock = clock;
    }

    /** Heap reserved for one build. Not thread-safe. */
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
     * @param progress receives the number of events read so far; throws to stop the build
     * @param owner    receives each search before it is sent, to make it a child of a task
     * @param breaker  reserves the heap
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
                threads.execute(ActionRunnable.wrap(released, then -> store(tracker, learner, read[0], then)));
            }, released::onFailure));
        }, released::onFailure));
    }

    private void store(Tracker tracker, EngagementLearner learner, long read, ActionListener<Result> listener) {
        EngagementSnapshot snapshot = learner.snapshot(read, clock.millis());
        Result result = new Result(snapshot.events(), snapshot.items());
        if (snapshot.events() == 0) {
            store.delete(tracker, ActionListener.map(listener, gone -> result));
            return;
        }
        store.put(
            tracker, learner, snapshot, threads,
            ActionListener.wrap(kept -> requireTracker(tracker, result, listener), listener::onFailure)
        );
    }

    /**
     * Deletes the snapshot and fails if the tracker was deleted meanwhile, because its deletion came before this
     * snapshot was written.
     */
    private void requireTracker(Tracker tracker, Result result, ActionListener<Result> listener) {
        ActionListener<Tracker> found = ActionListener.wrap(now -> {
            if (now.uid().equals(tracker.uid()) == false) {
                throw TrackerStore.unknown(tracker.name());
            }
            listener.onResponse(result);
        }, e -> store.delete(tracker, ActionListener.wrap(() -> listener.onFailure(e))));
        trackers.get(tracker.name(), found);
    }
}
