package org.opensearch.interest.embedding;

/**
 * A loaded model: one text to one vector. Thread-safe, and meant to be called by as many threads at once as there are cores; a
 * call uses its caller's thread alone. Takes one text a call and no more, so that no text can leak into another's vector.
 */
public interface Encoder extends AutoCloseable {
    /**
     * Embeds one text, the prefix for its type put before it; what is longer than the model reads is cut off.
     *
     * @throws ModelException when the model cannot: closed already ({@code UNAVAILABLE}), or failed on the text ({@code BROKEN})
     */
    Embedding encode(String text, TextType type);

    /**
     * Embeds one text to its end, or to the end of {@value Windows#MOST} windows: {@link LongText#MEAN_CHUNKS}. A text that the model
     * reads at once gets exactly the vector of {@link #encode}.
     *
     * @throws ModelException as {@link #encode} does
     */
    Embedding encodeWhole(String text, TextType type);

    /** Waits for the calls under way and frees what the model holds. Closing again does nothing. */
    @Override
    void close();
}
