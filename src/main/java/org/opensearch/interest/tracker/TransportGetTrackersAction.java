package org.opensearch.interest.tracker;

import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.store.TrackerStore;
import org.opensearch.interest.tracking.TrackerJson;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;

import java.util.List;

public final class TransportGetTrackersAction extends HandledTransportAction<TrackerRequest, GetTrackersResponse> {
    private final TrackerStore trackers;

    @Inject
    public TransportGetTrackersAction(TransportService transportService, ActionFilters filters, TrackerStore trackers) {
        super(GetTrackersAction.NAME, transportService, filters, TrackerRequest::new);
        this.trackers = trackers;
    }

    @Override
    protected void doExecute(Task task, TrackerRequest request, ActionListener<GetTrackersResponse> listener) {
        if (request.name() == null) {
            trackers.list(ActionListener.map(listener, all -> new GetTrackersResponse(all.stream().map(TrackerJson::show).toList(), false)));
        } else {
            trackers.get(
                request.name(),
                ActionListener.map(listener, tracker -> new GetTrackersResponse(List.of(TrackerJson.show(tracker)), true))
            );
        }
    }
}
