package org.opensearch.interest.cluster.history;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.action.admin.indices.delete.DeleteIndexAction;
import org.opensearch.action.admin.indices.delete.DeleteIndexRequest;
import org.opensearch.action.delete.DeleteRequest;
import org.opensearch.action.support.GroupedActionListener;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.action.ActionListener;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.interest.cluster.store.InterestIndex;
import org.opensearch.interest.cluster.store.InterestIndex.HistoryIndex;
import org.opensearch.interest.cluster.store.SystemClient;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.interest.core.tracking.HistoryCounts;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.threadpool.Scheduler;
import org.opensearch.threadpool.ThreadPool;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Deletes events that are older than their tracker's retention: whole indices if all their events are too old, single
 * events in an index that is only partly too old. Also deletes indices whose tracker is gone because its deletion was
 * interrupted. Runs every hour on the elected cluster manager.
 */
public final class HistoryRetention implements AutoCloseable {
    private static final Logger logger = LogManager.getLogger(HistoryRetention.class);
    private static final TimeValue INTERVAL = TimeValue.timeValueHours(1);

    private final SystemClient client;
    private final ClusterService clusterService;
    private final HistoryIndices indices;
    private final TrackerStore trackers;
    private final HistoryCounts counts;
    private final Clock clock;
    private final Scheduler.Cancellable schedule;

    public HistoryRetention(
        SystemClient client, ClusterService clusterService, ThreadPool threadPool, InterestIndex indices,
        TrackerStore trackers, HistoryCounts counts, Clock clock
    ) {
        this.client = client;
        this.clusterService = clusterService;
        this.indices = new HistoryIndices(indices);
        this.trackers = trackers;
        this.counts = counts;
        this.clock = clock;
        schedule = threadPool.scheduleWithFixedDelay(this::expireIfElected, INTERVAL, ThreadPool.Names.GENERIC);
    }

    private void expireIfElected() {
        if (clusterService.state().nodes().isLocalNodeElectedClusterManager()) {
            expire(
                clock.millis(),
                ActionListener
                    .wrap(done -> {}, e -> logger.warn("expired events stay until the next run in an hour", e))
            );
        }
    }

    /** Deletes the events that are too old at a time. Answers when no search finds them any more. */
    void expire(long now, ActionListener<Void> listener) {
        // list the indices before the trackers: an index that is created later then cannot be taken for one without a
        // tracker
        List<HistoryIndex> all = indices.all();
        if (all.isEmpty()) {
            listener.onResponse(null);
            return;
        }
        trackers.list(ActionListener.wrap(listed -> {
            Map<String, Tracker> byName = new HashMap<>();
            listed.forEach(tracker -> byName.put(tracker.name(), tracker));
            List<String> expired = new ArrayList<>();
            List<HistoryIndex> partlyExpired = new ArrayList<>();
            for (HistoryIndex index : all) {
                Tracker tracker = byName.get(index.tracker());
                HistoryPeriod period = HistoryPeriod.named(index.period());
                if (tracker == null || period.end() <= tracker.history().since(now)) {
                    expired.add(index.name());
                } else if (period.start() <= tracker.history().since(now)) {
                    partlyExpired.add(index);
                }
            }
            GroupedActionListener<Void> each = new GroupedActionListener<>(
                ActionListener.map(listener, done -> null), partlyExpired.size() + 1
            );
            partlyExpired.forEach(index -> purge(index, byName.get(index.tracker()).history().since(now), each));
            drop(expired, each);
        }, listener::onFailure));
    }

    private void purge(HistoryIndex index, long upTo, ActionListener<Void> listener) {
        BulkPurge purge = new BulkPurge(client, false, hit -> List.of(new DeleteRequest(hit.getIndex(), hit.getId())));
        purge.run(
            new String[]{ index.name() }, QueryBuilders.rangeQuery(EventDocument.TIMESTAMP).lte(upTo),
            ActionListener.map(listener, purged -> {
                counts.expired(purged);
                return null;
            })
        );
    }

    private void drop(List<String> names, ActionListener<Void> listener) {
        if (names.isEmpty()) {
            listener.onResponse(null);
            return;
        }
        // the events of a deleted index are not counted
        client.execute(
            DeleteIndexAction.INSTANCE, new DeleteIndexRequest(names.toArray(String[]::new)),
            ActionListener.map(listener, gone -> {
                logger.info("[{}] indices of expired events are deleted", names.size());
                return null;
            })
        );
    }

    @Override
    public void close() {
        schedule.cancel();
    }
}
