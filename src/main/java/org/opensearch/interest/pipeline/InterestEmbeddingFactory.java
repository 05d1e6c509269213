package org.opensearch.interest.pipeline;

import org.opensearch.OpenSearchParseException;
import org.opensearch.ingest.Processor;
import org.opensearch.interest.embedding.Embedder;
import org.opensearch.interest.embedding.ModelException;
import org.opensearch.interest.embedding.Models;

import java.util.Map;
import java.util.function.Supplier;

/** A pipeline's configuration to its processor. */
public final class InterestEmbeddingFactory implements Processor.Factory {
    public static final String TYPE = InterestEmbeddingProcessor.TYPE;

    private final Supplier<Models> models;
    private final Supplier<Embedder> embedder;

    /** Suppliers, because a node asks for its processors before it builds what they need. */
    public InterestEmbeddingFactory(Supplier<Models> models, Supplier<Embedder> embedder) {
        this.models = models;
        this.embedder = embedder;
    }

    @Override
    public Processor create(Map<String, Processor.Factory> factories, String tag, String description, Map<String, Object> config) {
        EmbeddingOptions options;
        try {
            options = EmbeddingOptions.takeFrom(config);
        } catch (IllegalArgumentException e) {
            // of all exceptions, OpenSearch passes only its own on with their status
            throw new OpenSearchParseException(e.getMessage(), e);
        }
        ModelException problem = models.get().problem(options.modelId());
        if (problem != null) {
            // 400, not the 404 of an unknown model asked for by name: it is the pipeline that is wrong
            throw new OpenSearchParseException(problem.getMessage(), problem);
        }
        return new InterestEmbeddingProcessor(tag, description, models.get(), embedder.get(), options);
    }
}
