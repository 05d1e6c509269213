package org.opensearch.interest.core.embedding;

import java.util.Objects;

/**
 * One text as a vector.
 *
 * @param vector        as long as the model's dimension; of unit length where the model normalises. Not to be changed.
 * @param tokens        how many tokens the model saw, special tokens included
 * @param truncated     whether the text was longer than the model reads
 * @param unknownTokens how many of the tokens the tokenizer does not know
 */
public record Embedding(float[] vector, int tokens, boolean truncated, int unknownTokens) {
    public Embedding {
        Objects.requireNonNull(vector, "vector");
        if (tokens < 0 || unknownTokens < 0 || unknownTokens > tokens) {
            throw new IllegalArgumentException(
                "tokens [" + tokens + "] and unknown tokens [" + unknownTokens + "] do not fit together"
            );
        }
    }
}
