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

/**
 * A tokenizer file at work. Thread-safe but for {@link #close()}, which its one owner calls when nobody tokenizes any
 * more.
 */
final class TextTokenizer implements AutoCloseable {
    private final HuggingFaceTokenizer tokenizer;
    /** −1 where the tokenizer knows everything, byte by byte */
    private final long unknownId;

    private TextTokenizer(HuggingFaceTokenizer tokenizer, long unknownId) {
        this.tokenizer = tokenizer;
        this.unknownId = unknownId;
    }

    /** Loads the native library too when it is the first: see {@link NativeLibraries#load}. */
    static TextTokenizer open(Path file, int maxTokens) throws IOException {
        long unknown = UnknownToken.idIn(file);
        // Files ship with settings of their own, such as to pad every text to 128 tokens and to cut it there.
        Map<String, String> options = Map.of(
            "padding", "false", "truncation", "longest_first", "maxLength", Integer.toString(maxTokens),
            "modelMaxLength", Integer.toString(maxTokens),
            // by how much the windows of a text that is longer overlap; its first window is the text cut off
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
     * The text in windows that overlap, in its order; the last one is truncated where the text goes on behind
     * {@value Windows#MOST}.
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
}
