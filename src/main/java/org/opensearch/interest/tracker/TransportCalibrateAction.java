package org.opensearch.interest.tracker;

import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.common.Randomness;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.store.Calibration;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;

import java.util.concurrent.TimeUnit;

public final class TransportCalibrateAction extends HandledTransportAction<CalibrateRequest, CalibrateResponse> {
    private final TransportService transportService;
    private final Calibration calibration;

    @Inject
    public TransportCalibrateAction(TransportService transportService, ActionFilters filters, Calibration calibration) {
        super(CalibrateAction.NAME, transportService, filters, CalibrateRequest::new);
        this.transportService = transportService;
        this.calibration = calibration;
    }

    @Override
    protected void doExecute(Task task, CalibrateRequest request, ActionListener<CalibrateResponse> listener) {
        long start = System.nanoTime();
        CalibrateTask calibrating = (CalibrateTask) task;
        Calibration.Progress progress = new Calibration.Progress() {
            @Override
            public void at(Calibration.Stage stage, int items) {
                calibrating.at(stage, items);
            }

            @Override
            public void own(SearchRequest search) {
                search.setParentTask(transportService.getLocalNode().getId(), calibrating.getId());
            }
        };
        int seed = Randomness.get().nextInt();
        calibration.run(request.tracker, seed, request.vouched(), progress, ActionListener.map(listener, result -> {
            return new CalibrateResponse(request.tracker, result, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        }));
    }
}
