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
 * What speaks for items besides their content, for one user's search. Costs nothing where content alone counts; else
 * one search of the history, and one read where others count. What cannot be read is not waited for: content ranks
 * alone, and a counter says so.
 */
public final class BoostLookup {
    private static final Logger logger = LogManager.getLogger(BoostLookup.class);
    /** Longer than any search by one term takes that will still answer. */
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
     * @param at       the time that the search sees, in milliseconds since 1970
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
            // nothing is kept to rank by: that was somebody's wish, and no failure
            listener.onResponse(content);
            return;
        }
        ActionListener<ItemBoosts> inTime = ListenerTimeouts
            .wrapWithTimeout(threads, orContent, DEADLINE, ThreadPool.Names.GENERIC, "interest parts");
        history.ofUser(tracker, user, 0, Long.MAX_VALUE, BoostCalculator.EVENTS, ActionListener.wrap(kept -> {
            List<EngagedItem> taken = fresh(kept, profile);
            if (weights.needsSnapshot() == false) {
                inTime.onResponse(
                    orContent(
                        new BoostCalculator(weights, null, tracker.halfLives().longTerm())
                            .of(taken, item -> List.of(), at)
                    )
                );
                return;
            }
            List<String> lately = weights.related() > 0 ? BoostCalculator.lately(taken) : List.of();
            store.get(tracker, lately, ActionListener.wrap(found -> {
                if (found.isEmpty()) {
                    counts.contentAlone();
                }
                EngagementSnapshot snapshot = found.map(EngagementStore.Found::snapshot).orElse(null);
                BoostCalculator reading = new BoostCalculator(weights, snapshot, tracker.halfLives().longTerm());
                Map<String, List<Neighbour>> neighbours = found.map(EngagementStore.Found::neighbours).orElse(Map.of());
                inTime.onResponse(orContent(reading.of(taken, item -> neighbours.getOrDefault(item, List.of()), at)));
            }, inTime::onFailure));
        }, inTime::onFailure));
    }

    /**
     * Where content counts nothing, and nothing else is known, all items would be alike: then content is better than no
     * order.
     */
    private static ItemBoosts orContent(ItemBoosts parts) {
        return parts.content() == 0 && parts.items().isEmpty() ? ItemBoosts.NONE : parts;
    }

    /** The profile knows at once what the history shows within a second: the items that its topics rest on. */
    private static List<EngagedItem> fresh(List<HistoryEvent> kept, Profile profile) {
        Map<String, Long> shown = new HashMap<>();
        List<EngagedItem> all = new ArrayList<>();
        kept.stream().filter(HistoryEvent::isEngagement).forEach(event -> {
            all.add(new EngagedItem(event.item(), event.timestamp()));
            shown.merge(event.item(), event.timestamp(), Math::max);
        });
        for (Topic topic : profile.topics().list()) {
            for (TopicEvidence reason : topic.reasons().list()) {
                if (reason.item() != null && reason.time() > shown.getOrDefault(reason.item(), Long.MIN_VALUE)) {
                    all.add(new EngagedItem(reason.item(), reason.time()));
                }
            }
        }
        all.sort(Comparator.comparingLong(EngagedItem::time));
        return all;
    }
}
