package org.opensearch.interest.core.evaluation.method;

/**
 * The parameters of content-based interest.
 *
 * @param shape     of the catalogue
 * @param shortTerm half-life of recent evidence in milliseconds; not used where α is 0
 * @param longTerm  how lasting evidence fades
 * @param alpha     how much recent evidence counts where there is plenty of it, in [0,1]
 * @param signals   whether events count by their signals' weights, evidence against included, or all engagements alike
 */
public record ContentParams(
    VectorTransform shape,
    double shortTerm,
    DecayFunction longTerm,
    double alpha,
    boolean signals
) {
    static final double DAY = 86_400_000.0;

    /** One half-life, every engagement alike. */
    public static ContentParams plain(VectorTransform shape, double halfLife) {
        return plain(shape, DecayFunction.time(halfLife));
    }

    public static ContentParams plain(VectorTransform shape, DecayFunction fading) {
        return new ContentParams(shape, 1, fading, 0, false);
    }
}
