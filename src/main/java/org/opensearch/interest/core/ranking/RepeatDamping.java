package org.opensearch.interest.core.ranking;

/**
 * What somebody has just seen interests them less for a while: what speaks for it counts half at once, and is back by
 * the half-life. It never falls below what is neutral for that. Pure.
 *
 * @param halfLife milliseconds, > 0: after it half of the loss is made up for
 */
public record RepeatDamping(long halfLife) {
    private static final double LOSS = 0.5;

    public RepeatDamping {
        if (halfLife <= 0) {
            throw new IllegalArgumentException("a half-life must be above 0, but is [" + halfLife + "]");
        }
    }

    /**
     * @param age milliseconds since the item was last seen; what lies ahead counts as now
     * @return the part of what speaks for it that still counts, in [½,1]
     */
    public double factor(long age) {
        return 1 - LOSS * Math.pow(2, -(double) Math.max(0, age) / halfLife);
    }

    /**
     * @param score an interest score; from {@link InterestFunction#NEUTRAL} down it stays as it is
     * @param age   as for {@link #factor}
     */
    public float tired(float score, long age) {
        float neutral = InterestFunction.NEUTRAL;
        return score <= neutral ? score : (float) (neutral + (score - neutral) * factor(age));
    }
}
