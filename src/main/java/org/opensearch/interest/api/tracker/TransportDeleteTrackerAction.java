package org.opensearch.interest.api.tracker;

import org.opensearch.action.ActionType;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.action.support.clustermanager.AcknowledgedResponse;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;

public final class TransportDeleteTrackerAction extends HandledTransportAction<TrackerRequest, AcknowledgedResponse> {
    public static final String NAME = "cluster:admin/opensearch/interest/tracker/delete";
    public static final ActionType<AcknowledgedResponse> TYPE = new ActionType<>(NAME, AcknowledgedResponse::new);

    private final TrackerStore trackers;

    @Inject
    public TransportDeleteTrackerAction(
        TransportService transportService, ActionFilters filters, TrackerStore trackers
    ) {
        super(NAME, transportService, filters, TrackerRequest::new);
        this.trackers = trackers;
    }

    @Override
    protected void doExecute(Task task, TrackerRequest request, ActionListener<AcknowledgedResponse> listener) {
        trackers.delete(request.name(), listener);
    }
}
