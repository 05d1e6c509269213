package org.opensearch.interest.engine.inference;

import org.opensearch.OpenSearchStatusException;
import org.opensearch.ResourceNotFoundException;
import org.opensearch.core.concurrency.OpenSearchRejectedExecutionException;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.interest.core.embedding.ModelException;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Maps the failures of models to HTTP statuses. */
public final class ModelErrors {
    private ModelErrors() {}

    /**
     * Returns the exception to answer with: status 404, 400, 429 or 503 for a {@link ModelException}; any other
     * exception unchanged, but unwrapped.
     */
    public static Exception asAnswer(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
            && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof ModelException e) {
            return switch (e.kind()) {
                case UNKNOWN -> new ResourceNotFoundException(e.getMessage(), e);
                case BROKEN -> new IllegalArgumentException(e.getMessage(), e);
                case OVERLOADED -> rejected(e);
                case UNAVAILABLE, FATAL ->
                    new OpenSearchStatusException(e.getMessage(), RestStatus.SERVICE_UNAVAILABLE, e);
            };
        }
        // An error that reaches a pool's thread would end the node.
        return cause instanceof Exception e ? e : new IllegalStateException(cause);
    }

    private static Exception rejected(ModelException e) {
        OpenSearchRejectedExecutionException rejected = new OpenSearchRejectedExecutionException(e.getMessage());
        rejected.initCause(e);
        return rejected;
    }
}
