package org.opensearch.interest.engine.onnx;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which texts share a run: those of like length, up to a number of tokens, padding included. Padding is work for
 * nothing.
 *
 * @param texts  in a run at most
 * @param tokens in a run at most; a longer text runs alone
 */
record Batches(int texts, int tokens) {
    /** Each text alone: for networks whose vectors depend on the company. */
    static final Batches ALONE = new Batches(1, Integer.MAX_VALUE);
    /** On a processor batches pay for titles alone: with longer texts, what a run works on leaves the caches. */
    static final Batches ON_PROCESSOR = new Batches(8, 256);
    /** A card wants to be full. */
    static final Batches ON_CARD = new Batches(64, 16_384);

    /** The longest text of a run is at most this much longer than its shortest. */
    private static final double LIKE = 1.5;

    /** Runs, each a list of places; every place is in exactly one. */
    List<List<Integer>> of(List<Integer> lengths) {
        List<Integer> longestFirst = IntStream.range(0, lengths.size())
            .boxed()
            .sorted(Comparator.comparing(lengths::get, Comparator.reverseOrder()))
            .toList();
        List<List<Integer>> runs = new ArrayList<>();
        List<Integer> run = new ArrayList<>();
        int longest = 0;
        for (int place : longestFirst) {
            boolean fits = run.size() < texts && (long) (run.size() + 1) * longest <= tokens
                && longest <= LIKE * lengths.get(place);
            if (run.isEmpty() == false && fits == false) {
                runs.add(run);
                run = new ArrayList<>();
            }
            if (run.isEmpty()) {
                longest = lengths.get(place);
            }
            run.add(place);
        }
        runs.add(run);
        return runs;
    }
}
