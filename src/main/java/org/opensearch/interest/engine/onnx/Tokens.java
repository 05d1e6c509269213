package org.opensearch.interest.engine.onnx;

/**
 * A text as a model reads it.
 *
 * @param ids       one number a token, special tokens included
 * @param attention 1 for each of them
 * @param types     the segment of each: 0 for a single text
 * @param truncated whether the text had more than these
 * @param unknown   how many of them stand for something that the tokenizer does not know
 */
record Tokens(long[] ids, long[] attention, long[] types, boolean truncated, int unknown) {
    int length() {
        return ids.length;
    }

    /** The same, but for the one in the middle. */
    Tokens with(long id) {
        long[] others = ids.clone();
        others[others.length / 2] = id;
        return new Tokens(others, attention, types, truncated, unknown);
    }

    /** As tokens of a text that went on. */
    Tokens cut() {
        return new Tokens(ids, attention, types, true, unknown);
    }
}
