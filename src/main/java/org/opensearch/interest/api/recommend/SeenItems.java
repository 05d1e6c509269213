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
 * Items that a user has engaged with: those of the latest events, and a few per topic that the profile holds. The
 * latter cover events that the history does not show yet or does not keep. Thread-safe; never blocks.
 */
final class SeenItems {
    /** Enough events: older ones hardly matter for a page of recommendations. */
    private static final int EVENTS = 2_000;

    private final EventHistory history;
    private final ProfileStore profiles;

    SeenItems(EventHistory history, ProfileStore profiles) {
        this.history = history;
        this.profiles = profiles;
    }

    /** @param listener is given when each item was last seen, in milliseconds since 1970, by its id */
    void of(Tracker tracker, UserId user, ActionListener<Map<String, Long>> listener) {
        profiles.get(tracker, user, ActionListener.wrap(profile -> {
            Map<String, Long> seen = new HashMap<>();
            // a user who opted out counts as unknown and has seen nothing
            profile.filter(known -> known.consent().optOut() == false).ifPresent(known -> remembered(known, seen));
            if (profile.isEmpty() || profile.get().consent().optOut()) {
                listener.onResponse(seen);
                return;
            }
            history.ofUser(
                tracker, user, 0, Long.MAX_VALUE, EVENTS, ActionListener.map(listener, events -> kept(events, seen))
            );
        }, listener::onFailure));
    }

    private static void remembered(Profile profile, Map<String, Long> seen) {
        for (Topic topic : profile.topics().list()) {
            for (TopicEvidence reason : topic.reasons().list()) {
                if (reason.item() != null) {
                    seen.merge(reason.item(), reason.time(), Math::max);
                }
            }
        }
    }

    /** Impressions without engagement do not count as seen. */
    private static Map<String, Long> kept(List<HistoryEvent> events, Map<String, Long> seen) {
        for (HistoryEvent event : events) {
            if (event.item() != null) {
                seen.merge(event.item(), event.timestamp(), Math::max);
            }
        }
        return seen;
    }
}
