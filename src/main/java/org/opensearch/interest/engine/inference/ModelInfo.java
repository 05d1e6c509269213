package org.opensearch.interest.engine.inference;

import org.opensearch.interest.core.embedding.ModelSpec;

import java.util.Optional;

/**
 * State of one model on one node.
 *
 * @param spec    the description; empty if it could not be read
 * @param loaded  true if the model answers at once; if false without an error, the model is loading
 * @param version digest of the model's files; empty until it is loaded
 * @param device  the device that runs the model; empty until it is loaded
 * @param error   the reason why the model cannot be used; empty if it can
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
