package org.opensearch.interest.core.embedding;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Description of a model, from its {@code model.json}.
 *
 * @param modelId       its name in requests: 1 to 100 of a-z, 0-9, '.', '_' and '-', the first a letter or a digit
 * @param dimension     length of its vectors, 1 to 16,384
 * @param pooling       how the vectors of the tokens become the text's one
 * @param normalize     whether the text's vector is brought to unit length
 * @param maxTokens     how many tokens the model reads, special ones included; 3 to 131,072
 * @param queryPrefix   what is put before a text that searches; may be empty
 * @param passagePrefix what is put before a text that is searched for; may be empty
 * @param output        the name of the output to read; empty where the model has only one that fits
 * @param matryoshka    whether the network's vectors may be longer, and the first {@code dimension} numbers of them are
 *                      taken
 */
public record ModelSpec(
    String modelId,
    int dimension,
    Pooling pooling,
    boolean normalize,
    int maxTokens,
    String queryPrefix,
    String passagePrefix,
    Optional<String> output,
    boolean matryoshka
) {
    public static final int MAX_DIMENSION = 16_384;
    /** a start, an end, and at least one token of the text */
    public static final int MIN_TOKENS = 3;
    public static final int MAX_TOKENS = 131_072;

    private static final Pattern MODEL_ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

    public ModelSpec {
        requireModelId(modelId);
        if (dimension < 1 || dimension > MAX_DIMENSION) {
            throw new IllegalArgumentException(
                "[interest] [dimension] must be in [1," + MAX_DIMENSION + "], but was [" + dimension + "]"
            );
        }
        if (maxTokens < MIN_TOKENS || maxTokens > MAX_TOKENS) {
            throw new IllegalArgumentException(
                "[interest] [max_tokens] must be in [" + MIN_TOKENS + "," + MAX_TOKENS + "], but was [" + maxTokens
                    + "]"
            );
        }
        Objects.requireNonNull(pooling, "pooling");
        Objects.requireNonNull(queryPrefix, "queryPrefix");
        Objects.requireNonNull(passagePrefix, "passagePrefix");
        Objects.requireNonNull(output, "output");
    }

    /** Prefix of a text of that type. */
    public String prefix(TextType type) {
        return type == TextType.QUERY ? queryPrefix : passagePrefix;
    }

    private static void requireModelId(String modelId) {
        if (modelId == null || MODEL_ID.matcher(modelId).matches() == false) {
            throw new IllegalArgumentException(
                "[interest] [model_id] must be 1 to 100 of a-z, 0-9, '.', '_' and '-', the first a letter or a digit, but was ["
                    + modelId + "]"
            );
        }
    }
}
