package org.opensearch.interest.engine.inference;

import org.opensearch.interest.core.embedding.ModelSpec;

import java.util.Optional;

/**
 * What a node says about one of its models.
 *
 * @param spec    empty where the description could not be read
 * @param loaded  whether it answers at once; false and no error means that it is loading
 * @param version digest of the model's files; empty until it is loaded
 * @param device  where it runs; empty until it is loaded
 * @param error   why it cannot be used
 */
public record ModelInfo(
    String modelId,
    Optional<ModelSpec> spec,
    boolean bundled,
    boolean loaded,
    Optional<String> version,
    Optional<String> device,
    Optional<String> error
) {}
