package org.opensearch.interest.engine.onnx;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Limits of one batched run of a network. Texts of similar length share a run, because padding to the longest text is
 * wasted work. Both limits apply to the padded run.
 *
 * @param texts  the most texts in one run
 * @param tokens the most tokens in one run, padding included; a longer text runs alone
 */
record Batches(int texts, int tokens) {
    /** One text a run: for networks whose vector of a text depends on the other texts of the run. */
    static final Batches SINGLE = new Batches(1, Integer.MAX_VALUE);
    /**
     * On a CPU, batches pay off only for short texts such as titles: the working set of a longer run leaves the caches.
     */
    static final Batches ON_CPU = new Batches(8, 256);
    /** A GPU needs large runs to be fully used. */
    static final Batches ON_GPU = new Batches(64, 16_384);

    /** Largest ratio of the longest text to the shortest text within one run. */
    private static final double MAX_LENGTH_RATIO = 1.5;

    /**
     * Splits texts into runs by their lengths in tokens. Each run is a list of indices into {@code lengths}; every
     * index is in exactly one run.
     */
    List<List<Integer>> of(List<Integer> lengths) {
        List<Integer> longestFirst = IntStream.range(0, lengths.size())
            .boxed()
            .sorted(Comparator.comparing(lengths::get, Comparator.reverseOrder()))
            .toList();
        List<List<Integer>> runs = new ArrayList<>();
        List<Integer> run = new ArrayList<>();
        int longest = 0;
        for (int index : longestFirst) {
            boolean fits = run.size() < texts && (long) (run.size() + 1) * longest <= tokens
                && longest <= MAX_LENGTH_RATIO * lengths.get(index);
            if (run.isEmpty() == false && fits == false) {
                runs.add(run);
                run = new ArrayList<>();
            }
            if (run.isEmpty()) {
                longest = lengths.get(index);
            }
            run.add(index);
        }
        runs.add(run);
        return runs;
    }
}
