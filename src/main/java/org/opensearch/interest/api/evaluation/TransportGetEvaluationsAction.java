package org.opensearch.interest.api.evaluation;

import org.opensearch.action.ActionType;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.store.EvaluationStore;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;

import java.util.List;

/** Reads the stored reports of a tracker. */
public final class TransportGetEvaluationsAction
    extends
        HandledTransportAction<GetEvaluationsRequest, GetEvaluationsResponse> {
    public static final String NAME = "cluster:admin/opensearch/interest/evaluation/get";
    public static final ActionType<GetEvaluationsResponse> TYPE = new ActionType<>(NAME, GetEvaluationsResponse::new);

    private final TrackerStore trackers;
    private final EvaluationStore reports;

    @Inject
    public TransportGetEvaluationsAction(
        TransportService transportService, ActionFilters filters, TrackerStore trackers, EvaluationStore reports
    ) {
        super(NAME, transportService, filters, GetEvaluationsRequest::new);
        this.trackers = trackers;
        this.reports = reports;
    }

    @Override
    protected void doExecute(
        Task task, GetEvaluationsRequest request, ActionListener<GetEvaluationsResponse> listener
    ) {
        trackers.get(request.tracker, ActionListener.wrap(tracker -> {
            if (request.id == null) {
                reports.list(
                    tracker,
                    ActionListener.map(listener, all -> new GetEvaluationsResponse(request.tracker, false, all))
                );
            } else {
                reports.get(
                    tracker, request.id,
                    ActionListener
                        .map(listener, kept -> new GetEvaluationsResponse(request.tracker, true, List.of(kept)))
                );
            }
        }, listener::onFailure));
    }
}
