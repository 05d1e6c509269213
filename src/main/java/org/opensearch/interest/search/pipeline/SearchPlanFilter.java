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
 * Gives every search a {@link SearchPlan}, and does at its end what pipelines put in there: a request processor cannot
 * touch the answer, and no processor can wait until the answer is out. So a request processor works without a response
 * processor that somebody might forget. Thread-safe.
 */
public final class SearchPlanFilter implements ActionFilter {
    private static final String MARK = "interest_search_plan";

    private final ThreadContext context;

    public SearchPlanFilter(ThreadContext context) {
        this.context = context;
    }

    /** The plan of the search that this thread works on; null where there is none. */
    SearchPlan plan() {
        return context.getTransient(MARK);
    }

    /** Inside of whatever may refuse or change a request. */
    @Override
    public int order() {
        return Integer.MAX_VALUE;
    }

    @Override
    @SuppressWarnings("try") // the context is kept until it is closed, and never read
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
        // a search within a search has a plan of its own
        try (ThreadContext.StoredContext before = context.newStoredContext(true, List.of(MARK))) {
            context.putTransient(MARK, plan);
            chain.proceed(task, action, request, finishing);
        }
    }

    @SuppressWarnings("unchecked") // what comes out is what went in, or was made from it
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
                    plan.afterwards();
                });
            }

            @Override
            public void onFailure(Exception e) {
                listener.onFailure(e);
            }
        };
    }
}
