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
 * Rebuilds all profiles of a tracker from its history, a few users at a time. The profile's writer replays the events
 * in one of its rounds: searches use the old profile until the new one is written, and events that arrive meanwhile are
 * applied after it. If the rebuild is interrupted or cancelled, each profile is either old or new; a rebuild may be
 * repeated.
 */
public final class ProfileRebuild {
    /**
     * Users per request: with a thousand texts each, their embedding takes far less than the deadline of a request to
     * another node.
     */
    private static final int USERS = 8;
    /** Delays before the ten retries of an overloaded node, from 50 milliseconds to 13 seconds. */
    private static final BackoffPolicy BACKOFF = BackoffPolicy.exponentialBackoff(TimeValue.timeValueMillis(50), 10);

    /**
     * Counts of a rebuild, so far or in total.
     *
     * @param users   whose profiles were rebuilt
     * @param events  in these profiles
     * @param missing events that are not, because their item is gone or has a vector of another dimension
     * @param kept    users whose profiles stay unchanged, because none of their events in the history can be replayed
     * @param failed  users whose profiles could not be written and stay unchanged
     */
    public record Result(long users, long events, long missing, long kept, long failed) {
        public static final Result NONE = new Result(0, 0, 0, 0, 0);

        private Result plus(ChangeResult one) {
            if (one.failure() != null) {
                return new Result(users, events, missing, kept, failed + 1);
            }
            ChangeResult.Replay replay = one.replay();
            int rebuilt = replay.events() > 0 ? 1 : 0;
            return new Result(
                users + rebuilt, events + replay.events(), missing + replay.missing(), kept + 1 - rebuilt, failed
            );
        }
    }

    /** Observer of a rebuild. */
    public interface Progress {
        /** Receives the counts between two steps; an exception thrown here ends the rebuild. */
        void at(Result soFar);

        /** Receives each search before it is sent, to make it a child of a task. */
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
                    rebuild(users, soFar, BACKOFF.iterator());
                }
            }, listener::onFailure));
        }

        private void rebuild(List<String> users, Result soFar, Iterator<TimeValue> delays) {
            recorder.rebuild(tracker, users, ActionListener.wrap(results -> {
                if (results.stream().anyMatch(Run::isTooMuch) && delays.hasNext()) {
                    progress.at(soFar);
                    threadPool.schedule(() -> rebuild(users, soFar, delays), delays.next(), ThreadPool.Names.GENERIC);
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
