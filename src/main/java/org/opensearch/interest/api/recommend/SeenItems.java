package org.opensearch.interest.api.recommend;

import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.history.EventHistory;
import org.opensearch.interest.cluster.store.ProfileStore;
import org.opensearch.interest.core.profile.HistoryEvent;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.profile.Topic;
import org.opensearch.interest.core.profile.TopicEvidence;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.UserId;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reader of the items that a user has events on: from the latest events in the history, and from the topics' evidence
 * in the profile, a few items per topic. The profile covers events that the history does not show yet, or was
 * configured not to store. Thread-safe; never blocks.
 */
final class SeenItems {
    /** Limit of the events read; items from older events may be recommended again. */
    private static final int EVENTS = 2_000;

    private final EventHistory history;
    private final ProfileStore profiles;

    SeenItems(EventHistory history, ProfileStore profiles) {
        this.history = history;
        this.profiles = profiles;
    }

    /** @param listener receives the time at which each item was last seen, in milliseconds since 1970, by item id */
    void of(Tracker tracker, UserId user, ActionListener<Map<String, Long>> listener) {
        profiles.get(tracker, user, ActionListener.wrap(profile -> {
            Map<String, Long> seen = new HashMap<>();
            // a user who opted out is treated as unknown, without seen items
            profile.filter(stored -> stored.consent().optOut() == false).ifPresent(stored -> addEvidence(stored, seen));
            if (profile.isEmpty() || profile.get().consent().optOut()) {
                listener.onResponse(seen);
                return;
            }
            history.ofUser(
                tracker, user, 0, Long.MAX_VALUE, EVENTS,
                ActionListener.map(listener, events -> addEvents(events, seen))
            );
        }, listener::onFailure));
    }

    private static void addEvidence(Profile profile, Map<String, Long> seen) {
        for (Topic topic : profile.topics().list()) {
            for (TopicEvidence evidence : topic.reasons().list()) {
                if (evidence.item() != null) {
                    seen.merge(evidence.item(), evidence.time(), Math::max);
                }
            }
        }
    }

    /** Adds the items of events. Items of impressions do not count as seen, because the user did nothing with them. */
    private static Map<String, Long> addEvents(List<HistoryEvent> events, Map<String, Long> seen) {
        for (HistoryEvent event : events) {
            if (event.item() != null) {
                seen.merge(event.item(), event.timestamp(), Math::max);
            }
        }
        return seen;
    }
}
