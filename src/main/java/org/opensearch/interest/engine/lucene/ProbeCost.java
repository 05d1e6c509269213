package org.opensearch.interest.engine.lucene;

/**
 * Decides whether probing a vector index is worth it, by estimates in nanoseconds. They are within a factor of two,
 * which is enough: near the break-even point both ways cost the same. Source of the constants: src/docs/speed.md.
 */
public final class ProbeCost {
    /** Reading one vector from memory in document order, including the fixed cost of a hit. */
    private static final double READ = 130;
    /** One more dot product with a vector that is already read. */
    private static final double MULTIPLY = 25;
    /** Visiting one vector of the graph: a random read, a product, and the update of the queue. */
    private static final double VISIT = 450;

    /**
     * Exact scoring is preferred up to 50 ms per shard: a search that misses nothing, counts every match and pages to
     * any depth is worth more than the milliseconds saved.
     */
    private static final double ALWAYS_EXACT = 50e6;

    private ProbeCost() {}

    /** Estimated cost of scoring every match. */
    static double exact(long matches, int directions) {
        return matches * (READ + MULTIPLY * directions);
    }

    /**
     * Estimated cost of one index walk for each probe, and of scoring the candidates.
     *
     * @param vectors the number of vectors in the index, of which {@code matches} pass the filter
     */
    static double probing(long matches, long vectors, int probes, int directions, int k) {
        double visited = visited(matches, vectors, k);
        // A walk that has visited as many vectors as match gives up, and the matches are scored one by one.
        double walk = visited < matches ? visited * VISIT : matches * (VISIT + READ + MULTIPLY);
        // The filter is evaluated for every document first.
        double filter = matches < vectors ? matches * 10.0 : 0;
        return probes * (walk + filter) + exact((long) probes * k, directions);
    }

    /**
     * Estimated number of vectors that a walk visits. It grows with the breadth and the size of the index, and shrinks
     * with the share of vectors that match. Fitted to walks over 10,000 to 100,000 vectors with a breadth of 100 to
     * 900, of which half or a tenth matched; the error is at most a quarter.
     */
    static double visited(long matches, long vectors, int k) {
        double share = Math.clamp((double) matches / Math.max(1, vectors), 1e-9, 1.0);
        double size = 1 + 2.6 * Math.max(0, Math.log(Math.max(1, vectors) / 1000.0));
        return Math.min((double) vectors, 8.3 * Math.pow(Candidates.breadth(k), 0.63) * size / Math.pow(share, 0.63));
    }

    /** Returns true if scoring every match is noticeably slow and probing is cheaper. */
    public static boolean pays(long matches, long vectors, int probes, int directions, int k) {
        double exact = exact(matches, directions);
        return exact > ALWAYS_EXACT && probing(matches, vectors, probes, directions, k) < exact;
    }
}
