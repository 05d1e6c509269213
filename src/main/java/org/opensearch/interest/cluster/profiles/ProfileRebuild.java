package org.opensearch.interest.cluster.profiles;

import org.opensearch.ExceptionsHelper;
import org.opensearch.action.bulk.BackoffPolicy;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.interest.cluster.history.EventHistory;
import org.opensearch.interest.core.tracking.ChangeResult;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.threadpool.ThreadPool;

import java.util.Iterator;
import java.util.List;

/**
 * Makes all profiles of a tracker anew from its history, a few users at a time. Each is replayed by the one who writes
 * it, between two of its rounds: the profile of before serves until the new one is there, and events that arrive
 * meanwhile come after it. Broken off or cancelled, it leaves each profile as it was or as it is to be; doing it again
 * does no harm.
 */
public final class ProfileRebuild {
    /** A thousand texts of each are embedded well within the time that a request to another node has. */
    private static final int USERS = 8;
    /** Ten times, from 50 milliseconds to 13 seconds apart, where a node has too much to do. */
    private static final BackoffPolicy PATIENCE = BackoffPolicy.exponentialBackoff(TimeValue.timeValueMillis(50), 10);

    /**
     * So far, or in all.
     *
     * @param users   whose profiles were made anew
     * @param events  that are in them
     * @param missing events that are not, because their item is gone or has another kind of vector
     * @param kept    users whose profile stays, because nothing that is kept of them can be replayed
     * @param failed  users whose profile could not be written, and stays
     */
    public record Result(long users, long events, long missing, long kept, long failed) {
        public static final Result NONE = new Result(0, 0, 0, 0, 0);

        private Result plus(ChangeResult one) {
            if (one.failure() != null) {
                return new Result(users, events, missing, kept, failed + 1);
            }
            ChangeResult.Replay replay = one.replay();
            int made = replay.events() > 0 ? 1 : 0;
            return new Result(
                users + made, events + replay.events(), missing + replay.missing(), kept + 1 - made, failed
            );
        }
    }

    /** Who watches. */
    public interface Progress {
        /** Between two steps; one that throws ends the rebuild. */
        void at(Result soFar);

        /** Told of each search before it is sent, to make it a child of a task. */
        void own(SearchRequest search);
    }

    private final EventHistory history;
    private final ProfileRecorder recorder;
    private final ThreadPool threadPool;

    public ProfileRebuild(EventHistory history, ProfileRecorder recorder, ThreadPool threadPool) {
        this.history = history;
        this.recorder = recorder;
        this.threadPool = threadPool;
    }

    public void run(Tracker tracker, Progress progress, ActionListener<Result> listener) {
        history.refresh(tracker, ActionListener.wrap(refreshed -> {
            new Run(tracker, progress, listener).next(null, Result.NONE);
        }, listener::onFailure));
    }

    private final class Run {
        private final Tracker tracker;
        private final Progress progress;
        private final ActionListener<Result> listener;

        Run(Tracker tracker, Progress progress, ActionListener<Result> listener) {
            this.tracker = tracker;
            this.progress = progress;
            this.listener = listener;
        }

        void next(String after, Result soFar) {
            progress.at(soFar);
            history.users(tracker, after, USERS, progress::own, ActionListener.wrap(users -> {
                if (users.isEmpty()) {
                    listener.onResponse(soFar);
                } else {
                    rebuild(users, soFar, PATIENCE.iterator());
                }
            }, listener::onFailure));
        }

        private void rebuild(List<String> users, Result soFar, Iterator<TimeValue> patience) {
            recorder.rebuild(tracker, users, ActionListener.wrap(results -> {
                if (results.stream().anyMatch(Run::isTooMuch) && patience.hasNext()) {
                    progress.at(soFar);
                    threadPool
                        .schedule(() -> rebuild(users, soFar, patience), patience.next(), ThreadPool.Names.GENERIC);
                    return;
                }
                Result now = soFar;
                for (ChangeResult result : results) {
                    now = now.plus(result);
                }
                next(users.get(users.size() - 1), now);
            }, listener::onFailure));
        }

        private static boolean isTooMuch(ChangeResult result) {
            return result.failure() != null
                && ExceptionsHelper.status(result.failure()) == RestStatus.TOO_MANY_REQUESTS;
        }
    }
}
