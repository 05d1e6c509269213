package org.opensearch.interest.engine.lucene;

/**
 * Whether probing a vector index is worth it. Estimates of nanoseconds, good to a factor of two, which is enough: near
 * the line both ways cost the same. Where the numbers come from: src/docs/speed.md.
 */
public final class ProbeCost {
    /** To bring one vector from memory, in order, and what a hit costs besides. */
    private static final double READ = 130;
    /** One more dot product with a vector that is at hand. */
    private static final double MULTIPLY = 25;
    /** To visit one vector of a graph: read somewhere, multiply, keep the queue. */
    private static final double VISIT = 450;

    /**
     * Up to 50 ms a shard nobody waits for an approximation: a search that misses nothing, counts every match and pages
     * as deep as one likes is worth more than the milliseconds.
     */
    private static final double PATIENCE = 50e6;

    private ProbeCost() {}

    /** Of scoring every match. */
    static double exact(long matches, int directions) {
        return matches * (READ + MULTIPLY * directions);
    }

    /**
     * Of walking the index once a probe, and scoring what was found.
     *
     * @param vectors in the index, of which {@code matches} may be found
     */
    static double probing(long matches, long vectors, int probes, int directions, int k) {
        double visited = visited(matches, vectors, k);
        // a walk that has seen as many as match gives up, and the matches are scored one by one
        double walk = visited < matches ? visited * VISIT : matches * (VISIT + READ + MULTIPLY);
        // the filter is asked of every document first
        double filter = matches < vectors ? matches * 10.0 : 0;
        return probes * (walk + filter) + exact((long) probes * k, directions);
    }

    /**
     * Vectors seen by a walk: more with a wider view, a larger index, and the fewer of them may be found. Fitted to
     * walks over 10,000 to 100,000 vectors, 100 to 900 wide, of which half or a tenth matched; at most a quarter off.
     */
    static double visited(long matches, long vectors, int k) {
        double share = Math.clamp((double) matches / Math.max(1, vectors), 1e-9, 1.0);
        double size = 1 + 2.6 * Math.max(0, Math.log(Math.max(1, vectors) / 1000.0));
        return Math.min((double) vectors, 8.3 * Math.pow(Candidates.breadth(k), 0.63) * size / Math.pow(share, 0.63));
    }

    /** Whether scoring every match would be felt, and probing is cheaper. */
    public static boolean pays(long matches, long vectors, int probes, int directions, int k) {
        double exact = exact(matches, directions);
        return exact > PATIENCE && probing(matches, vectors, probes, directions, k) < exact;
    }
}
