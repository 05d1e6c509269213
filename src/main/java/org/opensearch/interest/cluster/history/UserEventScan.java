package org.opensearch.interest.cluster.history;

import org.opensearch.action.ActionRunnable;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.search.SearchHit;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Goes through events user after user, some hundred users at a time: each page of a sort looks at all that is sorted,
 * so sorting everybody at once would cost the square of what there is. Never blocks; reads one page after the other.
 */
final class UserEventScan {
    /** Enough that a page is full, where people do a handful of things each. */
    private static final int USERS = 500;

    private final EventHistory history;
    private final Tracker tracker;
    private final long from;
    private final long to;
    private final int page;
    private final Executor executor;
    private final EventHistory.Reader reader;
    private final ActionListener<Void> listener;
    private volatile boolean enough;

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

    /** @param after the last user who was read; null where none was */
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
            if (enough) {
                listener.onResponse(null);
            } else {
                next(users.get(users.size() - 1));
            }
        }, listener::onFailure));
    }

    private void read(SearchHit[] hits, ActionListener<Boolean> next) {
        executor.execute(ActionRunnable.supply(next, () -> {
            enough = reader.read(Arrays.stream(hits).map(EventHistory::userEvent).toList()) == false;
            return enough == false;
        }));
    }
}
