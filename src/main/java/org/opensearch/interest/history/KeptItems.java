package org.opensearch.interest.history;

import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.engagement.OwnItem;
import org.opensearch.interest.store.OwnItems;
import org.opensearch.interest.tracking.Tracker;
import org.opensearch.interest.tracking.UserId;

import java.util.List;

/** What a user took up, from the kept events. */
public final class KeptItems implements OwnItems {
    private final EventHistory history;

    public KeptItems(EventHistory history) {
        this.history = history;
    }

    @Override
    public void of(Tracker tracker, UserId user, int max, ActionListener<List<OwnItem>> listener) {
        history.ofUser(tracker, user, 0, Long.MAX_VALUE, max, ActionListener.map(listener, events -> events.stream()
            .filter(OwnItems::isTakenUp)
            .map(event -> new OwnItem(event.item(), event.timestamp()))
            .toList()));
    }
}
