package org.opensearch.interest.cluster.engagement;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.action.support.ListenerTimeouts;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.history.EventHistory;
import org.opensearch.interest.core.engagement.BoostCalculator;
import org.opensearch.interest.core.engagement.EngagedItem;
import org.opensearch.interest.core.engagement.EngagementSnapshot;
import org.opensearch.interest.core.engagement.Neighbour;
import org.opensearch.interest.core.profile.HistoryEvent;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.profile.Topic;
import org.opensearch.interest.core.profile.TopicEvidence;
import org.opensearch.interest.core.ranking.ComponentWeights;
import org.opensearch.interest.core.ranking.ItemBoosts;
import org.opensearch.interest.core.tracking.SearchCounts;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.UserId;
import org.opensearch.threadpool.ThreadPool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks up the item boosts for one user's search. Costs nothing if only content has a weight; else one search of the
 * history, plus one read of the engagement snapshot if related or popular items have a weight. If they cannot be read
 * in time, content ranks alone, and a counter records it.
 */
public final class BoostLookup {
    private static final Logger logger = LogManager.getLogger(BoostLookup.class);
    /** Longer than any successful search by one term takes. */
    private static final TimeValue DEADLINE = TimeValue.timeValueSeconds(2);

    private final EngagementStore store;
    private final EventHistory history;
    private final ThreadPool threads;
    private final SearchCounts counts;

    public BoostLookup(EngagementStore store, EventHistory history, ThreadPool threads, SearchCounts counts) {
        this.store = store;
        this.history = history;
        this.threads = threads;
        this.counts = counts;
    }

    /**
     * Returns the item boosts for a user.
     *
     * @param at       the time of the search, in milliseconds since 1970
     * @param listener never fails
     */
    public void of(
        Tracker tracker, UserId user, Profile profile, ComponentWeights weights, long at,
        ActionListener<ItemBoosts> listener
    ) {
        ItemBoosts content = orContent(ItemBoosts.of((float) weights.content(), Map.of()));
        if (weights.needsItems() == false) {
            listener.onResponse(content);
            return;
        }
        ActionListener<ItemBoosts> orContent = ActionListener.wrap(listener::onResponse, e -> {
            logger.debug("tracker [" + tracker.name() + "] ranks by content alone", e);
            counts.contentAlone();
            listener.onResponse(content);
        });
        if (tracker.history().enabled() == false) {
            // a tracker without history is configured so: this is no failure
            listener.onResponse(content);
            return;
        }
        ActionListener<ItemBoosts> inTime = ListenerTimeouts
            .wrapWithTimeout(threads, orContent, DEADLINE, ThreadPool.Names.GENERIC, "interest item boosts");
        history.ofUser(tracker, user, 0, Long.MAX_VALUE, BoostCalculator.EVENTS, ActionListener.wrap(events -> {
            List<EngagedItem> engaged = engagedItems(events, profile);
            if (weights.needsSnapshot() == false) {
                inTime.onResponse(
                    orContent(
                        new BoostCalculator(weights, null, tracker.halfLives().longTerm())
                            .of(engaged, item -> List.of(), at)
                    )
                );
                return;
            }
            List<String> recent = weights.related() > 0 ? BoostCalculator.lately(engaged) : List.of();
            store.get(tracker, recent, ActionListener.wrap(found -> {
                if (found.isEmpty()) {
                    counts.contentAlone();
                }
                EngagementSnapshot snapshot = found.map(EngagementStore.Found::snapshot).orElse(null);
                BoostCalculator calculator = new BoostCalculator(weights, snapshot, tracker.halfLives().longTerm());
                Map<String, List<Neighbour>> neighbours = found.map(EngagementStore.Found::neighbours).orElse(Map.of());
                inTime.onResponse(
                    orContent(calculator.of(engaged, item -> neighbours.getOrDefault(item, List.of()), at))
                );
            }, inTime::onFailure));
        }, inTime::onFailure));
    }

    /**
     * Returns the boosts, or content alone if content has no weight and there are no boosts: all items would have the
     * same score, and ranking by content is better than no order.
     */
    private static ItemBoosts orContent(ItemBoosts boosts) {
        return boosts.content() == 0 && boosts.items().isEmpty() ? ItemBoosts.NONE : boosts;
    }

    /**
     * Returns the items that the user engaged with, by time. The history shows an event only after a refresh, within a
     * second, so items that the profile's topics refer to are added from the profile.
     */
    private static List<EngagedItem> engagedItems(List<HistoryEvent> events, Profile profile) {
        Map<String, Long> latest = new HashMap<>();
        List<EngagedItem> all = new ArrayList<>();
        events.stream().filter(HistoryEvent::isEngagement).forEach(event -> {
            all.add(new EngagedItem(event.item(), event.timestamp()));
            latest.merge(event.item(), event.timestamp(), Math::max);
        });
        for (Topic topic : profile.topics().list()) {
            for (TopicEvidence reason : topic.reasons().list()) {
                if (reason.item() != null && reason.time() > latest.getOrDefault(reason.item(), Long.MIN_VALUE)) {
                    all.add(new EngagedItem(reason.item(), reason.time()));
                }
            }
        }
        all.sort(Comparator.comparingLong(EngagedItem::time));
        return all;
    }
}
