package org.opensearch.interest.api.tracker;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.engagement.EngagementStore;
import org.opensearch.interest.cluster.history.EventHistory;
import org.opensearch.interest.cluster.store.SystemClient;
import org.opensearch.interest.core.engagement.EngagementSnapshot;
import org.opensearch.interest.core.tracking.Tracker;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps what all users of a tracker took up in step with its history, without being asked: built where the tracker's
 * blend counts it, and built again where it is there and a tenth of the events are others, or a day has passed and some
 * are. Whether they are, a count says.
 */
public final class EngagementWatcher {
    private static final Logger logger = LogManager.getLogger(EngagementWatcher.class);
    private static final long DAY = 86_400_000L;

    private final SystemClient client;
    private final EngagementStore store;
    private final EventHistory history;
    private final Clock clock;
    /** uids of trackers that this node learns for right now */
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    public EngagementWatcher(SystemClient client, EngagementStore store, EventHistory history, Clock clock) {
        this.client = client;
        this.store = store;
        this.history = history;
        this.clock = clock;
    }

    /** Neither waits nor fails. */
    void consider(Tracker tracker) {
        boolean wanted = tracker.blend().needsSnapshot() && tracker.history().enabled();
        if (wanted == false && store.exists(tracker) == false) {
            return;
        }
        ActionListener<Optional<EngagementStore.Found>> compare = ActionListener.wrap(found -> {
            history.count(tracker, ActionListener.wrap(events -> {
                if (isOutdated(found.map(EngagementStore.Found::snapshot), events, clock.millis())) {
                    learn(tracker);
                }
            }, e -> logger.debug("the events of tracker [" + tracker.name() + "] cannot be counted now", e)));
        }, e -> logger.debug("what users of tracker [" + tracker.name() + "] took up cannot be read now", e));
        try {
            store.get(tracker, List.of(), compare);
        } catch (RuntimeException e) {
            // the node is closing
            compare.onFailure(e);
        }
    }

    /** Not all that is kept is learned from, so a crowd remembers how many events there were. */
    static boolean isOutdated(Optional<EngagementSnapshot> snapshot, long events, long now) {
        if (snapshot.isEmpty()) {
            return events > 0;
        }
        long changed = Math.abs(events - snapshot.get().seen());
        return 10 * changed > snapshot.get().seen() || (changed > 0 && now - snapshot.get().at() >= DAY);
    }

    private void learn(Tracker tracker) {
        if (underWay.add(tracker.uid()) == false) {
            return;
        }
        CalibrateRequest request = CalibrateRequest.toUsers(tracker.name());
        client.execute(
            TransportCalibrateAction.TYPE, request,
            ActionListener.runBefore(
                ActionListener.wrap(
                    done -> logger.info(
                        "tracker [{}] learned from [{}] events what goes together", tracker.name(),
                        done.engagement().events()
                    ),
                    e -> logger.warn(
                        "tracker [" + tracker.name()
                            + "] could not learn what goes together, what it learned before stays in use",
                        e
                    )
                ), () -> underWay.remove(tracker.uid())
            )
        );
    }
}
