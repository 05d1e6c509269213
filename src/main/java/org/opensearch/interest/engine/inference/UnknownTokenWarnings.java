package org.opensearch.interest.engine.inference;

import org.opensearch.common.logging.HeaderWarning;
import org.opensearch.interest.core.embedding.Embedding;

import java.util.List;

/**
 * Adds a warning header to the response if texts consist mostly of unknown tokens: vectors of texts in a language that
 * the model was not trained for are meaningless.
 */
public final class UnknownTokenWarnings {
    /** The tokenizer adds one special token at each end of a text. */
    private static final int SPECIAL_TOKENS = 2;

    private UnknownTokenWarnings() {}

    /** Must be called in the thread context of the request. */
    public static void warn(String modelId, List<Embedding> embeddings) {
        long unreadable = embeddings.stream().filter(UnknownTokenWarnings::isMostlyUnknown).count();
        if (unreadable > 0) {
            HeaderWarning.addWarning(
                "[interest] model [{}] knows half at most of what [{}] of [{}] texts hold: their vectors mean little;"
                    + " a model for their language is needed",
                modelId, unreadable, embeddings.size()
            );
        }
    }

    static boolean isMostlyUnknown(Embedding embedding) {
        // Half is enough: some tokenizers turn an unknown word into one token and the space before it into another.
        return embedding.unknownTokens() > 0 && embedding.unknownTokens() * 2 >= embedding.tokens() - SPECIAL_TOKENS;
    }
}
