package org.opensearch.interest.ranking;

/**
 * Relevance and interest as one score: relevance^(1−weight) · interest^weight, a weighted geometric mean.
 *
 * <p>Why this mean: text relevance has no upper bound and no fixed scale, interest lies in [0,1]. In a geometric mean a change of
 * relevance's scale multiplies every score alike, so the order does not depend on it; the blend is computed from one document
 * alone, so it is the same on every shard; it grows with both parts; and its ends are exact: weight 0 gives relevance untouched,
 * weight 1 gives interest. Its weakness: the ratio of two relevances counts, so a query whose scores lie close together is
 * reordered more than one whose scores lie far apart, at the same weight.
 *
 * @param weight in [0,1]
 */
public record Blend(float weight) {
    /** Stands in for a relevance of zero (an inner query that only filters), so that interest still orders such hits. */
    private static final double FLOOR = 1e-6;

    public Blend {
        if ((weight >= 0f && weight <= 1f) == false) {
            throw new IllegalArgumentException("[weight] must be a number in [0,1], but was [" + weight + "]");
        }
    }

    /**
     * @param relevance the inner query's score; finite, ≥ 0
     * @param interest  in [0,1]
     * @return finite, ≥ 0
     */
    public float combine(float relevance, float interest) {
        if (weight == 0f) {
            return relevance;
        }
        if (weight == 1f) {
            return interest;
        }
        return (float) (Math.pow(Math.max(relevance, FLOOR), 1.0 - weight) * Math.pow(interest, weight));
    }

    /** Whether interest matters at all. */
    public boolean needsInterest() {
        return weight > 0f;
    }

    /** Whether the inner query's score matters at all. */
    public boolean needsRelevance() {
        return weight < 1f;
    }
}
