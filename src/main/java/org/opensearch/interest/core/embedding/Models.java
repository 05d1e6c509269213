package org.opensearch.interest.core.embedding;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The models that there are. Thread-safe. */
public interface Models {
    /**
     * The model of that name, once it is loaded. Never blocks; the future fails with {@link ModelException} when there
     * is no such model, when it could not be loaded, or when the node stops.
     */
    CompletableFuture<Encoder> encoder(String modelId);

    /**
     * Description of a model, known from the start; empty if there is no such model or its description is wrong.
     */
    Optional<ModelSpec> spec(String modelId);

    /** The names of all models, sorted: loaded, loading and broken ones. */
    Set<String> ids();

    /**
     * Known problem of a model; null if there is none, and while it is loading.
     */
    ModelException problem(String modelId);

    /**
     * Switches a model off that failed as no single text's fault, until it is reloaded. Does nothing where that encoder
     * is no longer the model's own.
     */
    void disable(String modelId, Encoder failed, ModelException reason);
}
