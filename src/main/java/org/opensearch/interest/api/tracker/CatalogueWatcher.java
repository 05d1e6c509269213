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
 * Calibrates trackers without a request: a new tracker or new items at once, and a catalogue whose size changed by
 * half. One node of the cluster checks every ten minutes: the holder of the trackers' primary shard. It counts items
 * with one small search per tracker, so it does not notice a catalogue that exchanges its items one for one; that needs
 * a request.
 */
public final class CatalogueWatcher implements AutoCloseable {
    private static final Logger logger = LogManager.getLogger(CatalogueWatcher.class);
    private static final TimeValue INTERVAL = TimeValue.timeValueMinutes(10);
    /** Fewer items hardly determine a covariance and are not worth a fit without a request. */
    private static final long ENOUGH = 100;

    private final SystemClient client;
    private final ClusterService clusterService;
    private final ThreadPool threadPool;
    private final TrackerStore trackers;
    private final CatalogueSampler catalogues;
    private final GeometryFitter calibration;
    private final EngagementWatcher engagement;
    private final Scheduler.Cancellable schedule;
    /** uids of trackers that this node calibrates right now */
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

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

    /** Calibrates what needs it, in the background. Nothing happens on other nodes than the one in charge. */
    public void look() {
        if (inCharge()) {
            trackers.list(
                ActionListener
                    .wrap(all -> all.forEach(this::consider), e -> logger.debug("trackers cannot be listed now", e))
            );
        }
    }

    private boolean inCharge() {
        IndexRoutingTable index = clusterService.state().routingTable().index(InterestIndex.TRACKERS);
        ShardRouting primary = index == null ? null : index.shard(0).primaryShard();
        return primary != null && primary.active()
            && clusterService.localNode().getId().equals(primary.currentNodeId());
    }

    /**
     * Calibrates the tracker in the background where its catalogue is not the one that was fitted. Neither waits nor
     * fails.
     */
    void consider(Tracker tracker) {
        engagement.consider(tracker);
        ActionListener<Long> counted = ActionListener.wrap(items -> {
            if (items >= ENOUGH && tracker.fit().outgrownBy(items)) {
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
        if (underWay.add(tracker.uid()) == false) {
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
                    ), () -> underWay.remove(tracker.uid())
                )
            );
    }

    @Override
    public void close() {
        schedule.cancel();
    }
}
