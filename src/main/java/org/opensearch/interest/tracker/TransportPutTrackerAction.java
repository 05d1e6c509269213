package org.opensearch.interest.tracker;

import org.opensearch.ResourceNotFoundException;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.action.support.clustermanager.AcknowledgedResponse;
import org.opensearch.cluster.metadata.MetadataCreateIndexService;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.indices.InvalidIndexNameException;
import org.opensearch.interest.embedding.Models;
import org.opensearch.interest.store.InterestIndex;
import org.opensearch.interest.store.ItemMapping;
import org.opensearch.interest.store.TrackerStore;
import org.opensearch.interest.tracking.Tracker;
import org.opensearch.interest.tracking.TrackerJson;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;

public final class TransportPutTrackerAction extends HandledTransportAction<TrackerRequest, AcknowledgedResponse> {
    private final TrackerStore trackers;
    private final Models models;
    private final CatalogueWatch watch;
    private final ItemMapping mapping;

    @Inject
    public TransportPutTrackerAction(
        TransportService transportService,
        ActionFilters filters,
        TrackerStore trackers,
        Models models,
        CatalogueWatch watch,
        ItemMapping mapping
    ) {
        super(PutTrackerAction.NAME, transportService, filters, TrackerRequest::new);
        this.trackers = trackers;
        this.models = models;
        this.watch = watch;
        this.mapping = mapping;
    }

    @Override
    protected void doExecute(Task task, TrackerRequest request, ActionListener<AcknowledgedResponse> listener) {
        ActionListener.completeWith(ActionListener.wrap(checked -> {
            trackers.put(request.name(), request.configuration(), ActionListener.map(listener, put -> {
                watch.consider(put);
                return new AcknowledgedResponse(true);
            }));
        }, listener::onFailure), () -> check(request));
    }

    /** All that can be wrong is found before anything is written. */
    private Tracker check(TrackerRequest request) {
        requireIndexName("tracker", request.name(), InterestIndex.profiles(request.name()));
        Tracker tracker = TrackerJson.read(request.name(), "unsaved", request.configuration());
        requireIndexName("items.index", tracker.items().index(), tracker.items().index());
        if (tracker.items().index().startsWith(InterestIndex.PREFIX)) {
            throw new IllegalArgumentException(
                "[interest] [items.index] must be an index of items, but [" + tracker.items().index() + "] is one of this plugin's own"
            );
        }
        mapping.requireVectors(tracker.items());
        if (models.ids().contains(tracker.modelId()) == false) {
            throw new ResourceNotFoundException(
                "[interest] [model_id] of tracker [{}] names no model: [{}]; there are {}", request.name(), tracker.modelId(), models.ids()
            );
        }
        return tracker;
    }

    private static void requireIndexName(String field, String value, String index) {
        try {
            if (value.startsWith("-") || value.startsWith("_") || value.startsWith("+")) {
                throw new InvalidIndexNameException(value, "must not start with '_', '-', or '+'");
            }
            MetadataCreateIndexService.validateIndexOrAliasName(index, InvalidIndexNameException::new);
            if (index.equals(index.toLowerCase(java.util.Locale.ROOT)) == false) {
                throw new InvalidIndexNameException(value, "must be lowercase");
            }
        } catch (InvalidIndexNameException e) {
            throw new IllegalArgumentException("[interest] [" + field + "] must be a valid name of an index, but was [" + value + "]: " + e.getMessage(), e);
        }
    }
}
