package org.opensearch.interest.search.ingest;

import org.opensearch.OpenSearchParseException;
import org.opensearch.ingest.Processor;
import org.opensearch.interest.cluster.events.EventSender;
import org.opensearch.interest.core.embedding.Embedder;
import org.opensearch.interest.core.embedding.ModelException;
import org.opensearch.interest.core.embedding.Models;

import java.util.Map;
import java.util.function.Supplier;

/**
 * Factories of the ingest processors. Takes suppliers, because a node asks for its processors before it builds their
 * services.
 *
 * @param embedder embeds documents
 */
public record IngestProcessors(
    Supplier<Models> models,
    Supplier<Embedder> embedder,
    Supplier<EventSender> tracking,
    Supplier<SimulatedIngest> simulation
) {
    public Map<String, Processor.Factory> all() {
        return Map.of(
            InterestEmbeddingProcessor.TYPE,
            (
                others, tag, description,
                config) -> embedding(tag, description, ProcessorConfig.read(config, EmbeddingOptions::takeFrom)),
            InterestTrackProcessor.TYPE,
            (others, tag, description, config) -> new InterestTrackProcessor(
                tag, description, ProcessorConfig.read(config, InterestTrackOptions::takeFrom), tracking.get(),
                simulation.get()
            )
        );
    }

    private Processor embedding(String tag, String description, EmbeddingOptions options) {
        ModelException problem = models.get().problem(options.modelId());
        if (problem != null) {
            // status 400, not the 404 of a request for an unknown model, because the pipeline is invalid
            throw new OpenSearchParseException(problem.getMessage(), problem);
        }
        return new InterestEmbeddingProcessor(tag, description, models.get(), embedder.get(), options);
    }
}
