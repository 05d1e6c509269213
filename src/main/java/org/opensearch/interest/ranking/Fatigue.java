package org.opensearch.interest.ranking;

/**
 * What somebody has just seen interests them less for a while: a factor of ½ at once, and back at 1 by the half-life. Pure.
 *
 * @param halfLife milliseconds, > 0: after it half of the loss is made up for
 */
public record Fatigue(long halfLife) {
    private static final double LOSS = 0.5;

    public Fatigue {
        if (halfLife <= 0) {
            throw new IllegalArgumentException("a half-life must be above 0, but is [" + halfLife + "]");
        }
    }

    /**
     * @param age milliseconds since the item was last seen; what lies ahead counts as now
     * @return what to multiply the item's score by, in [½,1]
     */
    public double factor(long age) {
        return 1 - LOSS * Math.pow(2, -(double) Math.max(0, age) / halfLife);
    }
}
