package org.opensearch.interest.api.evaluation;

import org.opensearch.action.ActionRunnable;
import org.opensearch.action.ActionType;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.common.breaker.CircuitBreaker;
import org.opensearch.core.indices.breaker.CircuitBreakerService;
import org.opensearch.interest.api.feature.ProgressTask;
import org.opensearch.interest.cluster.calibration.PriorGeometries;
import org.opensearch.interest.cluster.history.EventHistory;
import org.opensearch.interest.cluster.store.EvaluationStore;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.interest.core.embedding.Embedder;
import org.opensearch.tasks.Task;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.TransportService;
import org.opensearch.transport.client.Client;

import java.time.Clock;
import java.util.function.Consumer;

/** Runs evaluations on the node that receives the request, one after the other. */
public final class TransportEvaluateAction extends HandledTransportAction<EvaluateRequest, EvaluateResponse> {
    public static final String NAME = "cluster:admin/opensearch/interest/evaluation/run";
    /** Replays users' events and reports which ranking method would have predicted them best. */
    public static final ActionType<EvaluateResponse> TYPE = new ActionType<>(NAME, EvaluateResponse::new);
    /** Name of the thread pool, which has one thread. */
    public static final String POOL = "interest_evaluate";

    private final TransportService transportService;
    private final ThreadPool threadPool;
    private final CircuitBreakerService breakers;
    private final TrackerEvaluation.Services services;

    @Inject
    public TransportEvaluateAction(
        TransportService transportService, ActionFilters filters, ThreadPool threadPool, CircuitBreakerService breakers,
        Client client, TrackerStore trackers, EventHistory history, EvaluationStore reports, PriorGeometries priors,
        Embedder embedder, Clock clock
    ) {
        super(NAME, transportService, filters, EvaluateRequest::new);
        this.transportService = transportService;
        this.threadPool = threadPool;
        this.breakers = breakers;
        this.services = new TrackerEvaluation.Services(client, trackers, history, reports, priors, embedder, clock);
    }

    @Override
    protected void doExecute(Task task, EvaluateRequest request, ActionListener<EvaluateResponse> listener) {
        EvaluateOptions options;
        try {
            options = EvaluateOptions.read(request.body);
            if (request.apply && options.events() != null) {
                throw new IllegalArgumentException(
                    "[interest] [apply] must not be true beside [events]: only what the tracker's own users did may change it"
                );
            }
        } catch (IllegalArgumentException e) {
            listener.onFailure(e);
            return;
        }
        Consumer<SearchRequest> owner = search -> search
            .setParentTask(transportService.getLocalNode().getId(), task.getId());
        // reports a missing tracker at once, and not when the evaluation leaves the queue
        services.trackers().get(request.tracker, ActionListener.wrap(tracker -> {
            threadPool.executor(POOL).execute(ActionRunnable.supply(listener, () -> {
                try (MemoryReservation memory = new MemoryReservation(breakers.getBreaker(CircuitBreaker.REQUEST))) {
                    return new TrackerEvaluation(services, request, options, (ProgressTask) task, owner, memory).run();
                }
            }));
        }, listener::onFailure));
    }
}
