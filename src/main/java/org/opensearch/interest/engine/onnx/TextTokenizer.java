package org.opensearch.interest.engine.onnx;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import org.opensearch.interest.core.embedding.TextWindows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** An open tokenizer. Thread-safe except for {@link #close()}, which its only owner calls after the last use. */
final class TextTokenizer implements AutoCloseable {
    private final HuggingFaceTokenizer tokenizer;
    /** Id of the token for unknown text; −1 if the tokenizer falls back to bytes and so knows all text. */
    private final long unknownId;

    private TextTokenizer(HuggingFaceTokenizer tokenizer, long unknownId) {
        this.tokenizer = tokenizer;
        this.unknownId = unknownId;
    }

    /** Opens a tokenizer file, and loads the native library on first use: see {@link NativeLibraries#load}. */
    static TextTokenizer open(Path file, int maxTokens) throws IOException {
        long unknown = UnknownToken.idIn(file);
        // Files carry their own settings, such as padding every text to 128 tokens and cutting it there.
        Map<String, String> options = Map.of(
            "padding", "false", "truncation", "longest_first", "maxLength", Integer.toString(maxTokens),
            "modelMaxLength", Integer.toString(maxTokens),
            // Overlap of the windows of a longer text. The first window equals the truncated text.
            "stride", Integer.toString(TextWindows.overlap(maxTokens))
        );
        HuggingFaceTokenizer tokenizer;
        try (InputStream json = Files.newInputStream(file)) {
            tokenizer = HuggingFaceTokenizer.newInstance(json, options);
        }
        return new TextTokenizer(tokenizer, unknown);
    }

    Tokens tokenize(String text) {
        Encoding encoding = tokenizer.encode(text);
        return tokens(encoding, encoding.exceedMaxLength());
    }

    /**
     * Splits a text into overlapping windows, in order. The last window is marked truncated if the text is longer than
     * {@value TextWindows#MOST} windows.
     */
    List<Tokens> windows(String text) {
        Encoding first = tokenizer.encode(text, true, true);
        List<Encoding> all = new ArrayList<>();
        all.add(first);
        all.addAll(Arrays.asList(first.getOverflowing()));
        List<Tokens> windows = new ArrayList<>();
        for (Encoding window : all.subList(0, Math.min(all.size(), TextWindows.MOST))) {
            windows.add(tokens(window, windows.size() + 1 == TextWindows.MOST && all.size() > TextWindows.MOST));
        }
        return windows;
    }

    private Tokens tokens(Encoding encoding, boolean truncated) {
        long[] ids = encoding.getIds();
        long[] special = encoding.getSpecialTokenMask();
        int unknown = 0;
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == unknownId && special[i] == 0) {
                unknown++;
            }
        }
        return new Tokens(ids, encoding.getAttentionMask(), encoding.getTypeIds(), truncated, unknown);
    }

    @Override
    public void close() {
        tokenizer.close();
    }

    /**
     * Tokens of one text, the input of a model.
     *
     * @param ids       the ids, special tokens included
     * @param attention 1 for each token
     * @param types     the segment of each token: 0 for a single text
     * @param truncated true if the text has more tokens than these
     * @param unknown   the number of tokens that stand for text unknown to the tokenizer
     */
    record Tokens(long[] ids, long[] attention, long[] types, boolean truncated, int unknown) {
        int length() {
            return ids.length;
        }

        /** Copy in which the middle token has another id. */
        Tokens withMiddle(long id) {
            long[] changed = ids.clone();
            changed[changed.length / 2] = id;
            return new Tokens(changed, attention, types, truncated, unknown);
        }

        /** Copy that is marked as truncated. */
        Tokens asTruncated() {
            return new Tokens(ids, attention, types, true, unknown);
        }
    }
}
