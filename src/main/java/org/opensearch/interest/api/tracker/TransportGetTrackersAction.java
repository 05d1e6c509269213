package org.opensearch.interest.api.tracker;

import org.opensearch.action.ActionType;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.common.inject.Inject;
import org.opensearch.common.logging.HeaderWarning;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.items.UserTextEmbedding;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.interest.core.embedding.Encoder;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.TrackerJson;
import org.opensearch.interest.engine.inference.ModelRegistry;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

public final class TransportGetTrackersAction extends HandledTransportAction<TrackerRequest, GetTrackersResponse> {
    public static final String NAME = "cluster:admin/opensearch/interest/tracker/get";
    public static final ActionType<GetTrackersResponse> TYPE = new ActionType<>(NAME, GetTrackersResponse::new);

    private final TrackerStore trackers;
    private final ModelRegistry models;

    @Inject
    public TransportGetTrackersAction(
        TransportService transportService, ActionFilters filters, TrackerStore trackers, ModelRegistry models
    ) {
        super(NAME, transportService, filters, TrackerRequest::new);
        this.trackers = trackers;
        this.models = models;
    }

    @Override
    protected void doExecute(Task task, TrackerRequest request, ActionListener<GetTrackersResponse> listener) {
        if (request.name() == null) {
            trackers.list(
                ActionListener
                    .map(listener, all -> new GetTrackersResponse(all.stream().map(this::show).toList(), false))
            );
        } else {
            trackers.get(
                request.name(),
                ActionListener.map(listener, tracker -> new GetTrackersResponse(List.of(show(tracker)), true))
            );
        }
    }

    /** Returns the tracker as JSON; adds a warning header if this node rejects the tracker's texts. */
    private Map<String, Object> show(Tracker tracker) {
        CompletableFuture<Encoder> model = models.encoder(tracker.modelId());
        if (model.isDone() && model.isCompletedExceptionally() == false) {
            UserTextEmbedding.conflict(tracker, model.join().version())
                .ifPresent(conflict -> HeaderWarning.addWarning("{}", conflict));
        }
        return TrackerJson.show(tracker);
    }
}
