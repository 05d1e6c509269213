package org.opensearch.interest.core.embedding;

import java.util.Objects;

/**
 * All that a text's vector depends on: equal keys, equal vectors.
 *
 * @param version of the model's files, so that a reloaded model never answers with the vectors of the one before
 */
public record EmbeddingKey(String modelId, String version, TextType type, LongText longText, String text) {
    public EmbeddingKey {
        Objects.requireNonNull(modelId, "modelId");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(longText, "longText");
        Objects.requireNonNull(text, "text");
    }

    /** Whether a model may take both in one run. */
    boolean goesWith(EmbeddingKey other) {
        return longText == LongText.TRUNCATE && other.longText == LongText.TRUNCATE && type == other.type
            && modelId.equals(other.modelId) && version.equals(other.version);
    }
}
