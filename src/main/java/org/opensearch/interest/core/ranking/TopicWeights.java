package org.opensearch.interest.core.ranking;

import java.util.Arrays;

/**
 * How much each of a user's topics has to say beside the others: by its mass, which counts up to half of the largest
 * topic's. So interests of comparable mass, within a factor of two, speak alike and all reach the first pages, and a
 * passing one speaks softly. Stateless. Why half: {@code src/docs/adr/0022-a-topic-speaks-by-its-share.md}.
 */
public final class TopicWeights {
    private static final double COMPARABLE = 0.5;

    private TopicWeights() {}

    /**
     * @param masses above zero and finite, one a topic; may be empty
     * @return one share a topic, each in (0,1], adding up to 1
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
            // however small a topic is beside the others, it is one
            shares[i] = Math.max(Float.MIN_NORMAL, (float) (Math.min(masses[i], most) / total));
        }
        return shares;
    }
}
