package org.opensearch.interest.core.embedding;

import org.opensearch.interest.core.vector.Vectors;

import java.util.List;

/** A text read in windows: which there are, and how their vectors become the text's one. */
public final class TextWindows {
    /**
     * Most windows that are read of one text. A search may have to wait for one text: 32 windows of 256 tokens take
     * about a second.
     */
    public static final int MOST = 32;

    private TextWindows() {}

    /** How many tokens two neighbours share: what a window's edge cuts apart stands whole in one of them. */
    public static int overlap(int maxTokens) {
        return maxTokens / 4;
    }

    /**
     * The mean of the windows' vectors, weighted by their tokens, so that a short rest counts for little. Its tokens
     * are the windows' together, those that overlap twice. Of one window, exactly that window.
     *
     * @param windows   at least one, of one dimension; the last one is truncated where the text goes on after it
     * @param normalize whether the mean is brought to unit length
     */
    public static Embedding mean(List<Embedding> windows, boolean normalize) {
        if (windows.size() == 1) {
            return windows.get(0);
        }
        int tokens = windows.stream().mapToInt(Embedding::tokens).sum();
        int unknown = windows.stream().mapToInt(Embedding::unknownTokens).sum();
        float[] mean = new float[windows.get(0).vector().length];
        for (Embedding window : windows) {
            mean = Vectors.plusScaled(mean, (double) window.tokens() / tokens, window.vector());
        }
        boolean goesOn = windows.get(windows.size() - 1).truncated();
        return new Embedding(normalize ? Vectors.unit(mean) : mean, tokens, goesOn, unknown);
    }
}
