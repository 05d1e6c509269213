package org.opensearch.interest.cluster.history;

import org.opensearch.action.ActionRunnable;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.search.SearchHit;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Reads events user by user, some hundred users at a time. Each page of a sorted search examines all matching events,
 * so sorting the events of all users at once would cost quadratic time. Never blocks; reads one page after the other.
 */
final class UserEventScan {
    /** Enough to fill a page if each user has a handful of events. */
    private static final int USERS = 500;

    private final EventHistory history;
    private final Tracker tracker;
    private final long from;
    private final long to;
    private final int page;
    private final Executor executor;
    private final EventHistory.Reader reader;
    private final ActionListener<Void> listener;
    private volatile boolean stopped;

    UserEventScan(
        EventHistory history, Tracker tracker, long from, long to, int page, Executor executor,
        EventHistory.Reader reader, ActionListener<Void> listener
    ) {
        this.history = history;
        this.tracker = tracker;
        this.from = from;
        this.to = to;
        this.page = page;
        this.executor = executor;
        this.reader = reader;
        this.listener = listener;
    }

    void begin() {
        next(null);
    }

    /** @param after the last user that was read; null before the first */
    private void next(String after) {
        history.users(tracker, after, USERS, reader::own, ActionListener.wrap(users -> {
            if (users.isEmpty()) {
                listener.onResponse(null);
            } else {
                read(users);
            }
        }, listener::onFailure));
    }

    private void read(List<String> users) {
        history.aboutItems(tracker, users, from, to, page, reader::own, this::read, ActionListener.wrap(done -> {
            if (stopped) {
                listener.onResponse(null);
            } else {
                next(users.get(users.size() - 1));
            }
        }, listener::onFailure));
    }

    private void read(SearchHit[] hits, ActionListener<Boolean> next) {
        executor.execute(ActionRunnable.supply(next, () -> {
            stopped = reader.read(Arrays.stream(hits).map(EventHistory::userEvent).toList()) == false;
            return stopped == false;
        }));
    }
}
