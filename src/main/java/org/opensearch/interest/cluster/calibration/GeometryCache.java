package org.opensearch.interest.cluster.calibration;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.common.cache.Cache;
import org.opensearch.common.cache.CacheBuilder;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.store.GeometryStore;
import org.opensearch.interest.core.geometry.Geometry;
import org.opensearch.interest.core.geometry.Moments;
import org.opensearch.interest.core.tracking.GeometrySource;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.threadpool.ThreadPool;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Cache of the geometries fitted to trackers' items. Never blocks: while a newer version is being loaded, the previous
 * one is used, and before the first the model's prior geometry. Entries of deleted trackers stay until other entries
 * evict them.
 */
public final class GeometryCache implements GeometrySource {
    private static final Logger logger = LogManager.getLogger(GeometryCache.class);
    /** Enough for fifty trackers of 384 dimensions. */
    private static final long CACHED_BYTES = 64L << 20;
    /** Pause before a document that could not be read is read again, so that not every search tries it. */
    private static final TimeValue PAUSE = TimeValue.timeValueSeconds(5);

    /** @param geometry null if there was none to load */
    private record Loaded(long version, Tracker.Items items, Geometry geometry) {
        long weight() {
            // covariance and precision
            return 1_000L + (geometry == null ? 0 : 8L * geometry.dimension() * geometry.dimension());
        }
    }

    private final PriorGeometries priors;
    private final GeometryStore store;
    private final ThreadPool threadPool;
    /** by uid */
    private final Cache<String, Loaded> loaded = CacheBuilder.<String, Loaded>builder()
        .setMaximumWeight(CACHED_BYTES)
        .weigher((uid, geometry) -> geometry.weight())
        .build();
    /** uids of trackers whose geometry is being loaded */
    private final Set<String> loading = ConcurrentHashMap.newKeySet();

    public GeometryCache(PriorGeometries priors, GeometryStore store, ThreadPool threadPool) {
        this.priors = priors;
        this.store = store;
        this.threadPool = threadPool;
    }

    @Override
    public Geometry of(Tracker tracker, int dimension) {
        if (tracker.geometry() == Tracker.GeometryMode.OFF || tracker.fit().isNone()) {
            return priors.of(tracker, dimension);
        }
        Loaded newest = loaded.get(tracker.uid());
        if (newest == null || newest.version() < tracker.fit().version()) {
            load(tracker);
        }
        boolean fits = newest != null && newest.geometry() != null && newest.geometry().dimension() == dimension
            && newest.items().sameVectors(tracker.items());
        return fits ? newest.geometry() : priors.of(tracker, dimension);
    }

    private void load(Tracker tracker) {
        if (loading.add(tracker.uid()) == false) {
            return;
        }
        store.get(tracker.uid(), ActionListener.wrap(found -> {
            // inverting the covariance takes a second at 1,000 dimensions, too long for a network thread
            threadPool.generic().execute(() -> {
                try {
                    long wanted = tracker.fit().version();
                    Loaded now = found
                        .map(stored -> new Loaded(wanted, stored.items(), geometry(tracker, stored.moments())))
                        .orElseGet(() -> new Loaded(wanted, tracker.items(), null));
                    loaded.put(tracker.uid(), now);
                    loading.remove(tracker.uid());
                } catch (RuntimeException e) {
                    failed(tracker, e);
                }
            });
        }, e -> failed(tracker, e)));
    }

    private static Geometry geometry(Tracker tracker, Moments moments) {
        try {
            return Geometry.of(moments);
        } catch (IllegalArgumentException e) {
            logger.warn(
                "the geometry of tracker [" + tracker.name()
                    + "] cannot be used, it ranks by its model's prior geometry",
                e
            );
            return null;
        }
    }

    private void failed(Tracker tracker, Exception e) {
        logger.warn(
            "the geometry of tracker [" + tracker.name() + "] cannot be loaded now, the previous one stays in use", e
        );
        threadPool.scheduleUnlessShuttingDown(PAUSE, ThreadPool.Names.SAME, () -> loading.remove(tracker.uid()));
    }
}
