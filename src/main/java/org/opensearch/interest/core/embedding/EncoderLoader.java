package org.opensearch.interest.core.embedding;

/** Files to a model that can be called. Thread-safe. */
@FunctionalInterface
public interface EncoderLoader {
    /**
     * Loads a model; takes between a tenth of a second and minutes. The caller closes the encoder.
     *
     * @throws ModelException {@code BROKEN}, with a reason for people, when files are missing, corrupt, or do not fit
     *                        the description
     */
    Encoder load(ModelFolder folder);
}
