package org.opensearch.interest.cluster.calibration;

import org.opensearch.OpenSearchStatusException;
import org.opensearch.ResourceNotFoundException;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.cluster.metadata.IndexAbstraction;
import org.opensearch.cluster.metadata.IndexMetadata;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.interest.cluster.items.ItemMapping;
import org.opensearch.interest.cluster.store.GeometryStore;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.interest.core.embedding.Encoder;
import org.opensearch.interest.core.embedding.Models;
import org.opensearch.interest.core.geometry.MomentEstimator;
import org.opensearch.interest.core.geometry.Moments;
import org.opensearch.interest.core.tracking.Tracker;

import java.util.concurrent.CompletableFuture;

/** Fits a tracker's geometry to a sample of its items and puts it to use. Never blocks. */
public final class GeometryFitter {
    /**
     * Inverting the covariance costs dimension³: seconds up to this limit, minutes at the largest vectors that k-NN
     * accepts.
     */
    private static final int MOST_DIMENSIONS = 2_048;
    private static final int ATTEMPTS = 3;

    /** Stage of a calibration. */
    public enum Stage {
        SAMPLING,
        FITTING,
        STORING,
        /** learns engagement from events; its progress is counted in events */
        LEARNING
    }

    /** Observer of a calibration, which may stop it. */
    public interface Progress {
        /**
         * Receives the progress.
         *
         * @param items read so far
         * @throws RuntimeException to stop the calibration with this error
         */
        void at(Stage stage, int items);

        /** Receives each search before it is sent, to make it a child of the calibration's task. */
        void own(SearchRequest search);
    }

    /**
     * @param items   number of items in the sample
     * @param skipped number of items read that are not in the sample
     * @param version of the fit, which the tracker uses from now on
     */
    public record Result(int items, int skipped, long version) {}

    private final TrackerStore trackers;
    private final GeometryStore geometries;
    private final PriorGeometries priors;
    private final CatalogueSampler sampling;
    private final ItemMapping mapping;
    private final ClusterService clusterService;
    private final Models models;

    public GeometryFitter(
        TrackerStore trackers, GeometryStore geometries, PriorGeometries priors, CatalogueSampler sampling,
        ItemMapping mapping, ClusterService clusterService, Models models
    ) {
        this.trackers = trackers;
        this.geometries = geometries;
        this.priors = priors;
        this.sampling = sampling;
        this.mapping = mapping;
        this.clusterService = clusterService;
        this.models = models;
    }

    /**
     * Fits a tracker's geometry.
     *
     * @param seed      of the sample
     * @param confirmed whether a user requested the fit and so confirmed that the current version of the model embedded
     *                  the items: the tracker then stores this version; else it keeps the one that it had
     * @param listener  fails with 404 if there is no such tracker, and with 400 if its items cannot be used for a fit
     */
    public void run(String tracker, int seed, boolean confirmed, Progress progress, ActionListener<Result> listener) {
        run(tracker, seed, confirmed, progress, 1, listener);
    }

    private void run(
        String name, int seed, boolean confirmed, Progress progress, int attempt, ActionListener<Result> listener
    ) {
        trackers.get(name, ActionListener.wrap(tracker -> {
            require(tracker);
            mapping.dimension(tracker.items()).ifPresent(dimension -> requireDimension(tracker.items(), dimension));
            sampling.draw(
                tracker.items(), mapping.dimension(tracker.items()), seed, progress, ActionListener.wrap(drawn -> {
                    MomentEstimator sample = requireItems(tracker.items(), drawn);
                    progress.at(Stage.FITTING, sample.size());
                    Moments moments = priors.moments(tracker.modelId())
                        .filter(prior -> prior.itemMean().length == sample.dimension())
                        .map(prior -> sample.shrunkTo(prior, MomentEstimator.PRIOR_WEIGHT))
                        .orElseGet(() -> sample.shrunkToIsotropic(MomentEstimator.PRIOR_WEIGHT));
                    progress.at(Stage.STORING, sample.size());
                    geometries.put(tracker, moments, ActionListener.wrap(stored -> {
                        trackers.fitted(
                            tracker, drawn.catalogue(), before -> modelVersion(tracker, confirmed, before),
                            ActionListener.wrap(fit -> {
                                if (fit.isNone() == false) {
                                    listener.onResponse(
                                        new Result(sample.size(), drawn.seen() - sample.size(), fit.version())
                                    );
                                } else if (attempt < ATTEMPTS) {
                                    // the tracker's items changed meanwhile, and the stored geometry belongs to the old
                                    // ones
                                    run(name, seed, confirmed, progress, attempt + 1, listener);
                                } else {
                                    listener.onFailure(changed(name));
                                }
                            }, e -> cleanUp(tracker, e, listener))
                        );
                    }, listener::onFailure));
                }, listener::onFailure)
            );
        }, listener::onFailure));
    }

    /**
     * Returns the version of the node's model if it is loaded and either confirmed or the first known; else the
     * previous version.
     */
    private String modelVersion(Tracker tracker, boolean confirmed, String before) {
        CompletableFuture<Encoder> model = models.encoder(tracker.modelId());
        boolean known = model.isDone() && model.isCompletedExceptionally() == false;
        return known && (confirmed || before == null) ? model.join().version() : before;
    }

    /**
     * Deletes the stored geometry if the tracker was deleted meanwhile, because its deletion came before this geometry
     * was stored.
     */
    private void cleanUp(Tracker tracker, Exception e, ActionListener<Result> listener) {
        if (e instanceof ResourceNotFoundException) {
            geometries.delete(tracker.uid(), ActionListener.wrap(() -> listener.onFailure(e)));
        } else {
            listener.onFailure(e);
        }
    }

    /** Returns true if the tracker's items' index exists and is open. */
    public boolean hasItems(Tracker tracker) {
        IndexAbstraction items = clusterService.state().metadata().getIndicesLookup().get(tracker.items().index());
        return items != null
            && items.getIndices().stream().allMatch(index -> index.getState() == IndexMetadata.State.OPEN);
    }

    private void require(Tracker tracker) {
        String index = tracker.items().index();
        if (tracker.geometry() == Tracker.GeometryMode.OFF) {
            throw new IllegalArgumentException(
                "[interest] [geometry] of tracker [" + tracker.name()
                    + "] must be [auto] to be calibrated, but was [off]"
            );
        }
        if (clusterService.state().metadata().getIndicesLookup().containsKey(index) == false) {
            throw new IllegalArgumentException(
                "[interest] [items.index] of tracker [" + tracker.name()
                    + "] must be an index with items, but there is no [" + index + "]"
            );
        }
        if (hasItems(tracker) == false) {
            throw new IllegalArgumentException(
                "[interest] [items.index] of tracker [" + tracker.name() + "] must be an open index, but [" + index
                    + "] is closed"
            );
        }
    }

    private static MomentEstimator requireItems(Tracker.Items items, CatalogueSampler.Drawn drawn) {
        if (drawn.sample() == null || drawn.sample().size() == 0) {
            throw new IllegalArgumentException(
                "[interest] [items.index] must hold items with a vector in [" + items.vectorField()
                    + "] of their source, but [" + items.index() + "] has none"
                    + (drawn.seen() == 0 ? "" : " of use among [" + drawn.seen() + "] seen")
                    + ": index some, refresh, and calibrate again"
            );
        }
        return drawn.sample();
    }

    static int requireDimension(Tracker.Items items, int dimension) {
        if (dimension > MOST_DIMENSIONS) {
            throw new IllegalArgumentException(
                "[interest] [items.vector_field] must have at most [" + MOST_DIMENSIONS
                    + "] dimensions to be calibrated, but [" + items.vectorField() + "] of [" + items.index()
                    + "] has [" + dimension + "]"
            );
        }
        return dimension;
    }

    private static OpenSearchStatusException changed(String tracker) {
        return new OpenSearchStatusException(
            "[interest] [items] of tracker [{}] changed while it was calibrated: calibrate again", RestStatus.CONFLICT,
            tracker
        );
    }
}
