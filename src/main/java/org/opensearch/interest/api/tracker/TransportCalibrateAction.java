package org.opensearch.interest.api.tracker;

import org.opensearch.action.ActionType;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.common.Randomness;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.common.breaker.CircuitBreaker;
import org.opensearch.core.indices.breaker.CircuitBreakerService;
import org.opensearch.interest.api.feature.ProgressTask;
import org.opensearch.interest.cluster.calibration.GeometryFitter;
import org.opensearch.interest.cluster.engagement.EngagementBuilder;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;

import java.util.concurrent.TimeUnit;

public final class TransportCalibrateAction extends HandledTransportAction<CalibrateRequest, CalibrateResponse> {
    public static final String NAME = "cluster:admin/opensearch/interest/tracker/calibrate";
    public static final ActionType<CalibrateResponse> TYPE = new ActionType<>(NAME, CalibrateResponse::new);

    private final TransportService transportService;
    private final GeometryFitter calibration;
    private final EngagementBuilder engagement;
    private final TrackerStore trackers;
    private final CircuitBreakerService breakers;

    @Inject
    public TransportCalibrateAction(
        TransportService transportService, ActionFilters filters, GeometryFitter calibration,
        EngagementBuilder engagement, TrackerStore trackers, CircuitBreakerService breakers
    ) {
        super(NAME, transportService, filters, CalibrateRequest::new);
        this.transportService = transportService;
        this.calibration = calibration;
        this.engagement = engagement;
        this.trackers = trackers;
        this.breakers = breakers;
    }

    @Override
    protected void doExecute(Task task, CalibrateRequest request, ActionListener<CalibrateResponse> listener) {
        long start = System.nanoTime();
        ProgressTask calibrating = (ProgressTask) task;
        GeometryFitter.Progress progress = new GeometryFitter.Progress() {
            @Override
            public void at(GeometryFitter.Stage stage, int items) {
                calibrating.at(new CalibrateStatus(stage, items));
            }

            @Override
            public void own(SearchRequest search) {
                search.setParentTask(transportService.getLocalNode().getId(), calibrating.getId());
            }
        };
        if (request.items == false) {
            learn(request, null, progress, start, listener);
            return;
        }
        int seed = Randomness.get().nextInt();
        calibration.run(request.tracker, seed, request.vouched(), progress, ActionListener.wrap(result -> {
            learn(request, result, progress, start, listener);
        }, listener::onFailure));
    }

    /**
     * Builds the engagement snapshot if requested, and responds. The geometry is already in use at this point: each of
     * the two is useful alone.
     */
    private void learn(
        CalibrateRequest request, GeometryFitter.Result fitted, GeometryFitter.Progress progress, long start,
        ActionListener<CalibrateResponse> listener
    ) {
        if (request.users == false) {
            listener.onResponse(
                new CalibrateResponse(
                    request.tracker, fitted, null, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)
                )
            );
            return;
        }
        trackers.get(request.tracker, ActionListener.wrap(tracker -> {
            engagement.run(
                tracker,
                events -> progress.at(GeometryFitter.Stage.LEARNING, (int) Math.min(Integer.MAX_VALUE, events)),
                progress::own, breakers.getBreaker(CircuitBreaker.REQUEST), ActionListener.map(listener, learned -> {
                    return new CalibrateResponse(
                        request.tracker, fitted, learned, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)
                    );
                })
            );
        }, listener::onFailure));
    }
}
