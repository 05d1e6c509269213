package org.opensearch.interest.core.ranking;

/**
 * Damps the scores of items that the user has seen recently. The part of a score above neutral counts half at once and
 * recovers by the half-life; the score never falls below neutral. Pure.
 *
 * @param halfLife milliseconds, > 0: after each half-life half of the loss is recovered
 */
public record RepeatDamping(long halfLife) {
    private static final double LOSS = 0.5;

    public RepeatDamping {
        if (halfLife <= 0) {
            throw new IllegalArgumentException("a half-life must be above 0, but is [" + halfLife + "]");
        }
    }

    /**
     * @param age milliseconds since the item was last seen; a time in the future counts as now
     * @return the factor on the part of the score above neutral, in [½,1]
     */
    public double factor(long age) {
        return 1 - LOSS * Math.pow(2, -(double) Math.max(0, age) / halfLife);
    }

    /**
     * @param score an interest score; it does not change if it is at most {@link InterestFunction#NEUTRAL}
     * @param age   as for {@link #factor}
     */
    public float damped(float score, long age) {
        float neutral = InterestFunction.NEUTRAL;
        return score <= neutral ? score : (float) (neutral + (score - neutral) * factor(age));
    }
}
