package org.opensearch.interest.search.pipeline;

import org.opensearch.action.ActionRequest;
import org.opensearch.action.search.SearchAction;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.action.support.ActionFilter;
import org.opensearch.action.support.ActionFilterChain;
import org.opensearch.action.support.ActionRequestMetadata;
import org.opensearch.action.support.ContextPreservingActionListener;
import org.opensearch.common.util.concurrent.ThreadContext;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.tasks.Task;

import java.util.List;

/**
 * Creates a {@link SearchPlan} for every search and carries it out at the end of the search. It exists because a
 * request processor cannot change the response, and no processor can act after the response is sent. It also spares a
 * request processor its own response processor, which a pipeline might lack. Thread-safe.
 */
public final class SearchPlanFilter implements ActionFilter {
    private static final String MARK = "interest_search_plan";

    private final ThreadContext context;

    public SearchPlanFilter(ThreadContext context) {
        this.context = context;
    }

    /** Returns the plan of the search that this thread works on; null if there is none. */
    SearchPlan plan() {
        return context.getTransient(MARK);
    }

    /** Runs after all filters that may reject or change a request. */
    @Override
    public int order() {
        return Integer.MAX_VALUE;
    }

    @Override
    @SuppressWarnings("try") // the stored context is only closed, never read
    public <Request extends ActionRequest, Response extends ActionResponse> void apply(
        Task task, String action, Request request, ActionRequestMetadata<Request, Response> metadata,
        ActionListener<Response> listener, ActionFilterChain<Request, Response> chain
    ) {
        if (SearchAction.NAME.equals(action) == false) {
            chain.proceed(task, action, request, listener);
            return;
        }
        SearchPlan plan = new SearchPlan();
        ActionListener<Response> finishing = new ContextPreservingActionListener<>(
            context.newRestorableContext(true), finishing(plan, listener)
        );
        // a search inside another search has its own plan
        try (ThreadContext.StoredContext before = context.newStoredContext(true, List.of(MARK))) {
            context.putTransient(MARK, plan);
            chain.proceed(task, action, request, finishing);
        }
    }

    @SuppressWarnings("unchecked") // a finished response is a SearchResponse, as the received one
    private static <Response extends ActionResponse> ActionListener<Response> finishing(
        SearchPlan plan, ActionListener<Response> listener
    ) {
        return new ActionListener<>() {
            @Override
            public void onResponse(Response response) {
                if (plan.isEmpty() || response instanceof SearchResponse == false) {
                    listener.onResponse(response);
                    return;
                }
                plan.finish((SearchResponse) response, finished -> {
                    listener.onResponse((Response) finished);
                    plan.runAfterResponse();
                });
            }

            @Override
            public void onFailure(Exception e) {
                listener.onFailure(e);
            }
        };
    }
}
