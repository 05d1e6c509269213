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
    /** An inverse costs dimension³: seconds here, and minutes at the largest vectors that k-NN takes. */
    private static final int MOST_DIMENSIONS = 2_048;
    private static final int ATTEMPTS = 3;

    /** What a calibration is at. */
    public enum Stage {
        SAMPLING,
        FITTING,
        STORING,
        /** what users took up, from their events: progress is told in events */
        LEARNING
    }

    /** Who wants to know how far it is, and may stop it. */
    public interface Progress {
        /**
         * @param items seen so far
         * @throws RuntimeException to stop the calibration with
         */
        void at(Stage stage, int items);

        /** Makes a search part of the calibration's task. */
        void own(SearchRequest search);
    }

    /** @param version of the fit, as the tracker has it from now on */
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
     * @param seed     of the sample
     * @param vouched  whether somebody asked for it, who knows that the items' vectors are by the model as it is now:
     *                 the tracker keeps its version then. Else it keeps the one that it had
     * @param listener fails with 404 where there is no such tracker, with 400 where its items cannot be fitted to
     */
    public void run(String tracker, int seed, boolean vouched, Progress progress, ActionListener<Result> listener) {
        run(tracker, seed, vouched, progress, 1, listener);
    }

    private void run(
        String name, int seed, boolean vouched, Progress progress, int attempt, ActionListener<Result> listener
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
                        .orElseGet(() -> sample.shrunkToRound(MomentEstimator.PRIOR_WEIGHT));
                    progress.at(Stage.STORING, sample.size());
                    geometries.put(tracker, moments, ActionListener.wrap(stored -> {
                        trackers.fitted(
                            tracker, drawn.catalogue(), before -> modelVersion(tracker, vouched, before),
                            ActionListener.wrap(fit -> {
                                if (fit.isNone() == false) {
                                    listener.onResponse(
                                        new Result(sample.size(), drawn.seen() - sample.size(), fit.version())
                                    );
                                } else if (attempt < ATTEMPTS) {
                                    // its items are others by now, and what is stored belongs to the old ones
                                    run(name, seed, vouched, progress, attempt + 1, listener);
                                } else {
                                    listener.onFailure(changed(name));
                                }
                            }, e -> leaveNothing(tracker, e, listener))
                        );
                    }, listener::onFailure));
                }, listener::onFailure)
            );
        }, listener::onFailure));
    }

    /** The node's own where it says something new, else the one before. */
    private String modelVersion(Tracker tracker, boolean vouched, String before) {
        CompletableFuture<Encoder> model = models.encoder(tracker.modelId());
        boolean known = model.isDone() && model.isCompletedExceptionally() == false;
        return known && (vouched || before == null) ? model.join().version() : before;
    }

    /** A tracker that was deleted meanwhile has deleted its geometry already: this one came after that. */
    private void leaveNothing(Tracker tracker, Exception e, ActionListener<Result> listener) {
        if (e instanceof ResourceNotFoundException) {
            geometries.delete(tracker.uid(), ActionListener.wrap(() -> listener.onFailure(e)));
        } else {
            listener.onFailure(e);
        }
    }

    /** Whether a tracker's items are where it says, and can be read. */
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
