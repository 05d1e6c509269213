package org.opensearch.interest.search.ingest;

import org.opensearch.action.ActionRequest;
import org.opensearch.action.ingest.SimulatePipelineAction;
import org.opensearch.action.support.ActionFilter;
import org.opensearch.action.support.ActionFilterChain;
import org.opensearch.action.support.ActionRequestMetadata;
import org.opensearch.action.support.ContextPreservingActionListener;
import org.opensearch.common.util.concurrent.ThreadContext;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.tasks.Task;

/**
 * Detection of simulated pipeline runs. A simulated document looks like any other, so the request sets a mark in the
 * thread context, which OpenSearch passes to every thread that works on the request. Thread-safe.
 */
public final class SimulatedIngest implements ActionFilter {
    private static final String MARK = "interest_simulated_ingest";

    private final ThreadContext context;

    public SimulatedIngest(ThreadContext context) {
        this.context = context;
    }

    /** True if the current thread works on a {@code _simulate} request. */
    boolean isOn() {
        return context.getTransient(MARK) != null;
    }

    @Override
    public int order() {
        return 0;
    }

    @Override
    @SuppressWarnings("try") // the stored context is only closed, never read
    public <Request extends ActionRequest, Response extends ActionResponse> void apply(
        Task task, String action, Request request, ActionRequestMetadata<Request, Response> metadata,
        ActionListener<Response> listener, ActionFilterChain<Request, Response> chain
    ) {
        if (SimulatePipelineAction.NAME.equals(action) == false || isOn()) {
            chain.proceed(task, action, request, listener);
            return;
        }
        // neither the caller nor its listener is part of the simulation
        ActionListener<Response> outside = new ContextPreservingActionListener<>(
            context.newRestorableContext(true), listener
        );
        try (ThreadContext.StoredContext before = context.newStoredContext(true)) {
            context.putTransient(MARK, true);
            chain.proceed(task, action, request, outside);
        }
    }
}
