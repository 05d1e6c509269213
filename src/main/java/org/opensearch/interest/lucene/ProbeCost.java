package org.opensearch.interest.lucene;

/**
 * Whether probing a vector index is worth it. Estimates of nanoseconds, good to a factor of two, which is enough: near the line
 * both ways cost the same. Where the numbers come from: src/docs/speed.md.
 */
public final class ProbeCost {
    /** To bring one vector from memory, in order, and what a hit costs besides. */
    private static final double READ = 130;
    /** One more dot product with a vector that is at hand. */
    private static final double MULTIPLY = 25;
    /** To visit one vector of a graph: read somewhere, multiply, keep the queue. */
    private static final double VISIT = 350;

    /**
     * Up to 50 ms a shard nobody waits for an approximation: a search that misses nothing, counts every match and pages as deep as
     * one likes is worth more than the milliseconds.
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
        double share = Math.clamp((double) matches / Math.max(1, vectors), 1e-9, 1.0);
        // a walk that may keep one vector in two sees twice as many; one that would see all of the matches scores them instead
        double visited = Math.min(vectors, visited(vectors, k)) / share;
        double walk = visited >= matches ? visited(vectors, k) * VISIT + matches * (READ + MULTIPLY) : visited * VISIT;
        // the filter is asked of every document first
        double filter = matches < vectors ? matches * 10.0 : 0;
        return probes * (walk + filter) + exact((long) probes * k, directions);
    }

    /** Vectors seen by a walk over so many with so wide a view: grows a little faster than the view, and with the logarithm of the size. */
    static double visited(long vectors, int k) {
        return Candidates.breadth(k) * (1.0 + 1.2 * Math.max(0, Math.log(Math.max(1, vectors) / 1000.0)));
    }

    /** Whether scoring every match would be felt, and probing is cheaper. */
    public static boolean pays(long matches, long vectors, int probes, int directions, int k) {
        double exact = exact(matches, directions);
        return exact > PATIENCE && probing(matches, vectors, probes, directions, k) < exact;
    }
}
