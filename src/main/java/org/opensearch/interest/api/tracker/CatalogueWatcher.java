package org.opensearch.interest.api.tracker;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.action.ActionRunnable;
import org.opensearch.cluster.routing.IndexRoutingTable;
import org.opensearch.cluster.routing.ShardRouting;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.calibration.CatalogueSampler;
import org.opensearch.interest.cluster.calibration.GeometryFitter;
import org.opensearch.interest.cluster.store.InterestIndex;
import org.opensearch.interest.cluster.store.SystemClient;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.threadpool.Scheduler;
import org.opensearch.threadpool.ThreadPool;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Calibrates trackers automatically: at once if a tracker is new or has new items, and later if the number of its items
 * has changed by half. One node checks this every ten minutes: the node with the primary shard of the trackers' index.
 * A check costs one small search per tracker and only counts items. A catalogue that replaces its items without a
 * change in number therefore stays unnoticed until a client calibrates.
 */
public final class CatalogueWatcher implements AutoCloseable {
    private static final Logger logger = LogManager.getLogger(CatalogueWatcher.class);
    private static final TimeValue INTERVAL = TimeValue.timeValueMinutes(10);
    /** Fewer items are too few to estimate a covariance, and do not justify an automatic fit. */
    private static final long MIN_ITEMS = 100;

    private final SystemClient client;
    private final ClusterService clusterService;
    private final ThreadPool threadPool;
    private final TrackerStore trackers;
    private final CatalogueSampler catalogues;
    private final GeometryFitter calibration;
    private final EngagementWatcher engagement;
    private final Scheduler.Cancellable schedule;
    /** uids of the trackers that this node is calibrating */
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    public CatalogueWatcher(
        SystemClient client, ClusterService clusterService, ThreadPool threadPool, TrackerStore trackers,
        CatalogueSampler catalogues, GeometryFitter calibration, EngagementWatcher engagement
    ) {
        this.client = client;
        this.clusterService = clusterService;
        this.threadPool = threadPool;
        this.trackers = trackers;
        this.catalogues = catalogues;
        this.calibration = calibration;
        this.engagement = engagement;
        schedule = threadPool.scheduleWithFixedDelay(this::look, INTERVAL, ThreadPool.Names.GENERIC);
    }

    /** Calibrates the trackers that need it, in the background. Does nothing on nodes that are not responsible. */
    public void look() {
        if (isResponsible()) {
            trackers.list(
                ActionListener
                    .wrap(all -> all.forEach(this::consider), e -> logger.debug("trackers cannot be listed now", e))
            );
        }
    }

    private boolean isResponsible() {
        IndexRoutingTable index = clusterService.state().routingTable().index(InterestIndex.TRACKERS);
        ShardRouting primary = index == null ? null : index.shard(0).primaryShard();
        return primary != null && primary.active()
            && clusterService.localNode().getId().equals(primary.currentNodeId());
    }

    /**
     * Calibrates the tracker in the background if its catalogue differs from the fitted one. Neither waits nor fails.
     */
    void consider(Tracker tracker) {
        engagement.consider(tracker);
        ActionListener<Long> counted = ActionListener.wrap(items -> {
            if (items >= MIN_ITEMS && tracker.fit().outgrownBy(items)) {
                calibrate(tracker);
            }
        }, e -> logger.debug("the items of tracker [" + tracker.name() + "] cannot be counted now", e));
        try {
            if (tracker.geometry() == Tracker.GeometryMode.AUTO && calibration.hasItems(tracker)) {
                threadPool.generic()
                    .execute(ActionRunnable.wrap(counted, then -> catalogues.count(tracker.items(), then)));
            }
        } catch (RuntimeException e) {
            // the node is closing
            counted.onFailure(e);
        }
    }

    private void calibrate(Tracker tracker) {
        if (running.add(tracker.uid()) == false) {
            return;
        }
        client
            .execute(
                TransportCalibrateAction.TYPE, CalibrateRequest.toItems(tracker.name()),
                ActionListener.runBefore(
                    ActionListener.wrap(
                        fitted -> logger.info(
                            "tracker [{}] was calibrated to [{}] of its items, version [{}]", tracker.name(),
                            fitted.result().items(), fitted.result().version()
                        ),
                        e -> logger.warn(
                            "tracker [" + tracker.name()
                                + "] could not be calibrated, the geometry before stays in use",
                            e
                        )
                    ), () -> running.remove(tracker.uid())
                )
            );
    }

    @Override
    public void close() {
        schedule.cancel();
    }
}
