package org.opensearch.interest.engine.inference;

import org.opensearch.common.logging.HeaderWarning;
import org.opensearch.interest.core.embedding.Embedding;

import java.util.List;

/**
 * Warns, in a header of the answer, of texts that a model cannot read: a language that it was not trained for gives
 * vectors that mean nothing.
 */
public final class UnknownTokenWarnings {
    /** A text's first and last token are the tokenizer's own. */
    private static final int FRAME = 2;

    private UnknownTokenWarnings() {}

    /** To be called in the thread context of the request. */
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
        // half is enough: tokenizers that take what they do not know for one token put the space before it as another
        return embedding.unknownTokens() > 0 && embedding.unknownTokens() * 2 >= embedding.tokens() - FRAME;
    }
}
