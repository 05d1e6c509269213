package org.opensearch.interest.core.embedding;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A model where it lies on disk. Whether the files are there and fit the description is found out by loading it.
 *
 * @param spec      what the model promises
 * @param model     the network, an ONNX file
 * @param tokenizer the tokenizer, in HuggingFace's JSON
 */
public record ModelFolder(ModelSpec spec, Path model, Path tokenizer) {
    public ModelFolder {
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(tokenizer, "tokenizer");
    }
}
