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
 * Keeps a tracker's engagement snapshot up to date with its history automatically. Builds it if the tracker's blend
 * uses it. Builds an existing one again if the number of events has changed by more than a tenth, or has changed at all
 * and a day has passed. A check only counts events.
 */
public final class EngagementWatcher {
    private static final Logger logger = LogManager.getLogger(EngagementWatcher.class);
    private static final long DAY = 86_400_000L;

    private final SystemClient client;
    private final EngagementStore store;
    private final EventHistory history;
    private final Clock clock;
    /** uids of the trackers whose snapshot this node is building */
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    public EngagementWatcher(SystemClient client, EngagementStore store, EventHistory history, Clock clock) {
        this.client = client;
        this.store = store;
        this.history = history;
        this.clock = clock;
    }

    /** Builds the tracker's snapshot in the background if it is missing or outdated. Neither waits nor fails. */
    void consider(Tracker tracker) {
        boolean wanted = tracker.blend().needsSnapshot() && tracker.history().enabled();
        if (wanted == false && store.exists(tracker) == false) {
            return;
        }
        ActionListener<Optional<EngagementStore.Found>> compare = ActionListener.wrap(found -> {
            history.count(tracker, ActionListener.wrap(events -> {
                if (isOutdated(found.map(EngagementStore.Found::snapshot), events, clock.millis())) {
                    build(tracker);
                }
            }, e -> logger.debug("the events of tracker [" + tracker.name() + "] cannot be counted now", e)));
        }, e -> logger.debug("the engagement snapshot of tracker [" + tracker.name() + "] cannot be read now", e));
        try {
            store.get(tracker, List.of(), compare);
        } catch (RuntimeException e) {
            // the node is closing
            compare.onFailure(e);
        }
    }

    /**
     * Returns whether a snapshot is outdated. A snapshot stores the number of all events, because not every event in
     * the history enters it.
     */
    static boolean isOutdated(Optional<EngagementSnapshot> snapshot, long events, long now) {
        if (snapshot.isEmpty()) {
            return events > 0;
        }
        long changed = Math.abs(events - snapshot.get().seen());
        return 10 * changed > snapshot.get().seen() || (changed > 0 && now - snapshot.get().at() >= DAY);
    }

    private void build(Tracker tracker) {
        if (running.add(tracker.uid()) == false) {
            return;
        }
        CalibrateRequest request = CalibrateRequest.toUsers(tracker.name());
        client.execute(
            TransportCalibrateAction.TYPE, request,
            ActionListener.runBefore(
                ActionListener.wrap(
                    done -> logger.info(
                        "tracker [{}] has a new engagement snapshot, built from [{}] events", tracker.name(),
                        done.engagement().events()
                    ),
                    e -> logger.warn(
                        "tracker [" + tracker.name()
                            + "] could not build its engagement snapshot, the one before stays in use",
                        e
                    )
                ), () -> running.remove(tracker.uid())
            )
        );
    }
}
