package org.opensearch.interest.recommend;

import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.tracking.Tracker;
import org.opensearch.interest.tracking.UserId;

import java.util.Map;

/** What a user has already done something with. */
@FunctionalInterface
public interface SeenItems {
    /** @param listener is given when each item was last seen, in milliseconds since 1970, by id; at most some thousands, the latest */
    void of(Tracker tracker, UserId user, ActionListener<Map<String, Long>> listener);
}
