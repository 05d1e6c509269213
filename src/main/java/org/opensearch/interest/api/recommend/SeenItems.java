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
 * What a user has already done something with: the items of their latest events, and those that the profile itself
 * remembers, a few a topic, which covers what history does not show yet, or was told not to keep. Thread-safe; never
 * blocks.
 */
final class SeenItems {
    /** More than a page of recommendations can be made of what somebody did long ago. */
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
            // who opted out is nobody, and nobody has seen anything
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

    /** What was only shown was not seen: nobody did anything with it. */
    private static Map<String, Long> kept(List<HistoryEvent> events, Map<String, Long> seen) {
        for (HistoryEvent event : events) {
            if (event.item() != null) {
                seen.merge(event.item(), event.timestamp(), Math::max);
            }
        }
        return seen;
    }
}
