package org.opensearch.interest.core.embedding;

import java.util.List;

/**
 * A loaded model. Thread-safe.
 *
 * <p>Its memory is freed once, after its owner closed it and the last caller that retained it released it: no call ever
 * meets freed memory, and no caller waits.
 */
public interface Encoder extends AutoCloseable {
    /**
     * Embeds one text, the prefix for its type put before it; what is longer than the model reads is cut off.
     *
     * @throws ModelException when the model cannot: closed already ({@code UNAVAILABLE}), failed on the text
     *                        ({@code BROKEN}), or failed altogether ({@code FATAL})
     */
    Embedding encode(String text, TextType type);

    /**
     * Embeds one text to its end, or to the end of {@value TextWindows#MOST} windows: {@link LongText#MEAN_CHUNKS}. A
     * text that the model reads at once gets exactly the vector of {@link #encode}.
     *
     * @throws ModelException as {@link #encode} does
     */
    Embedding encodeWhole(String text, TextType type);

    /**
     * Embeds some texts, those of like length in one run where {@link #batch} allows it.
     *
     * @return one embedding a text, in their order
     * @throws ModelException as {@link #encode} does; one bad text fails all
     */
    default List<Embedding> encodeAll(List<String> texts, TextType type) {
        return texts.stream().map(text -> encode(text, type)).toList();
    }

    /** How many texts are worth being embedded together: 1 where the company of others would change a text's vector. */
    default int batch() {
        return 1;
    }

    /** Tells apart models of one name: a digest of all that their vectors depend on. */
    default String version() {
        return "";
    }

    /** Device it runs on: {@code cpu}, or {@code cuda:0}. */
    default String device() {
        return "cpu";
    }

    /** Keeps the model from being freed until {@link #release} is called; false where it is too late for that. */
    default boolean retain() {
        return true;
    }

    /** Undoes one {@link #retain}. */
    default void release() {}

    /** Takes no more callers, and frees what the model holds when the last one is done. Closing again does nothing. */
    @Override
    void close();
}
