package org.opensearch.interest.store;

import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.engagement.OwnItem;
import org.opensearch.interest.profile.KeptEvent;
import org.opensearch.interest.tracking.Tracker;
import org.opensearch.interest.tracking.UserId;

import java.util.List;

/** What single users took up, as far as it is kept: what a search asks of the history. Thread-safe; never blocks. */
public interface OwnItems {
    /** Whether an event is one that a user took an item up by: not turned it down, nor was only shown it. */
    static boolean isTakenUp(KeptEvent event) {
        return event.item() != null && event.weight() > 0 && event.isImpression() == false;
    }

    /**
     * The latest of what a user took up, by time. What was answered within the last second may be missing.
     *
     * @param max at most that many events are looked at
     */
    void of(Tracker tracker, UserId user, int max, ActionListener<List<OwnItem>> listener);
}
