package org.opensearch.interest.core.embedding;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Texts to vectors, whatever produces them. The vector of a text depends on the text, its type and the model alone,
 * never on the texts that are embedded beside it. Thread-safe; never blocks the caller.
 */
public interface Embedder {
    /** Embeds the texts with one model; what is longer than it reads is cut off. */
    default CompletableFuture<List<Embedding>> embed(String modelId, List<String> texts, TextType type) {
        return embed(modelId, texts, type, LongText.TRUNCATE);
    }

    /**
     * Embeds the texts with one model.
     *
     * @return one embedding a text, in their order. The future fails with {@link ModelException} when the model is
     *         unknown, cannot be used or is overloaded. Where it takes time it is completed on a thread that runs no
     *         models. Completing it from outside gives the texts up that were not started.
     */
    CompletableFuture<List<Embedding>> embed(String modelId, List<String> texts, TextType type, LongText longText);

    /**
     * Which version of a model answers, once it is loaded: a digest of all that its vectors depend on. Fails as
     * {@link #embed} does, but for overload.
     */
    CompletableFuture<String> version(String modelId);
}
