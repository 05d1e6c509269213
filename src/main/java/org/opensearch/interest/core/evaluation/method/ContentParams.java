package org.opensearch.interest.core.evaluation.method;

/**
 * Parameters of content-based interest.
 *
 * @param shape     transform of the catalogue's vectors
 * @param shortTerm half-life of recent evidence in milliseconds; not used if α is 0
 * @param longTerm  decay of lasting evidence
 * @param alpha     weight of recent evidence if there is plenty of it, in [0,1]
 * @param signals   whether events count by the weights of their signals, negative evidence included; otherwise all
 *                  engagements count alike
 */
public record ContentParams(
    VectorTransform shape,
    double shortTerm,
    DecayFunction longTerm,
    double alpha,
    boolean signals
) {
    static final double DAY = 86_400_000.0;

    /** Returns parameters with one half-life, under which every engagement counts alike. */
    public static ContentParams plain(VectorTransform shape, double halfLife) {
        return plain(shape, DecayFunction.time(halfLife));
    }

    public static ContentParams plain(VectorTransform shape, DecayFunction decay) {
        return new ContentParams(shape, 1, decay, 0, false);
    }
}
