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
public record Taste(Shape shape, double shortTerm, Fading longTerm, double alpha, boolean signals) {
    static final double DAY = 86_400_000.0;

    /** One half-life, every engagement alike. */
    public static Taste plain(Shape shape, double halfLife) {
        return plain(shape, Fading.time(halfLife));
    }

    public static Taste plain(Shape shape, Fading fading) {
        return new Taste(shape, 1, fading, 0, false);
    }
}
