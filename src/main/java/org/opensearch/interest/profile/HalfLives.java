package org.opensearch.interest.profile;

/**
 * How fast belief fades.
 *
 * @param shortTerm milliseconds in which recent evidence loses half of its weight, > 0
 * @param longTerm  the same for lasting interest, and for evidence against
 */
public record HalfLives(long shortTerm, long longTerm) {
    public HalfLives {
        if (shortTerm <= 0 || longTerm <= 0) {
            throw new IllegalArgumentException("half-lives must be longer than 0 ms, but were [" + shortTerm + "] and [" + longTerm + "]");
        }
    }
}
