package org.opensearch.interest.core.ranking;

import java.util.Arrays;

/**
 * The weights of a user's topics. A topic's weight is proportional to its mass, which counts up to half of the largest
 * topic's mass. So topics of comparable mass, within a factor of two, have the same weight and all reach the first
 * pages, and a topic of little mass has little weight. Stateless. Why half:
 * {@code src/docs/adr/0022-a-topic-speaks-by-its-share.md}.
 */
public final class TopicWeights {
    private static final double COMPARABLE = 0.5;

    private TopicWeights() {}

    /**
     * @param masses above zero and finite, one per topic; may be empty
     * @return one share per topic, each in (0,1], adding up to 1
     */
    public static float[] of(double... masses) {
        double most = COMPARABLE * Arrays.stream(masses).max().orElse(0);
        double total = Arrays.stream(masses).map(mass -> Math.min(mass, most)).sum();
        float[] shares = new float[masses.length];
        for (int i = 0; i < shares.length; i++) {
            if ((masses[i] > 0 && masses[i] < Double.POSITIVE_INFINITY) == false) {
                throw new IllegalArgumentException(
                    "a topic's mass must be finite and above 0, but is [" + masses[i] + "]"
                );
            }
            // a share must be above 0, however small the topic's mass is
            shares[i] = Math.max(Float.MIN_NORMAL, (float) (Math.min(masses[i], most) / total));
        }
        return shares;
    }
}
