package org.opensearch.interest.cluster.store;

import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionType;
import org.opensearch.action.support.ContextPreservingActionListener;
import org.opensearch.common.util.concurrent.ThreadContext;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.transport.client.Client;

/**
 * Client for the plugin's own indices. Sends requests outside the caller's thread context: with a security plugin, a
 * user who may search has no rights on these indices, and reading a profile with that user's rights would silently find
 * none.
 */
public final class SystemClient {
    private final Client client;

    public SystemClient(Client client) {
        this.client = client;
    }

    /** Executes a request; the listener is called in the caller's context. */
    @SuppressWarnings("try") // the context is stashed until it is closed, and never read
    public <Q extends ActionRequest, R extends ActionResponse> void execute(
        ActionType<R> action, Q request, ActionListener<R> listener
    ) {
        ThreadContext context = client.threadPool().getThreadContext();
        ActionListener<R> preserving = new ContextPreservingActionListener<>(
            context.newRestorableContext(true), listener
        );
        try (ThreadContext.StoredContext ignored = context.stashContext()) {
            client.execute(action, request, preserving);
        }
    }
}
