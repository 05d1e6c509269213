package org.opensearch.interest.core.ranking;

/**
 * The miscalibration of a list: the difference between the shares of topics in the hits shown and in the user's
 * interest (Steck, Calibrated Recommendations, RecSys 2018). It is the divergence Σ p·ln(p/q̃) of the wanted shares p
 * from the shown shares q, with q̃ = 0.99·q + 0.01·p, so that the cost of a topic that is not shown is high and finite.
 * It is mapped to [0,1) by 1 − e^(−divergence): 0 if the shares agree, 0.99 if no wanted topic is shown. Immutable.
 */
final class TopicCalibration {
    private static final double SMOOTHING = 0.01;

    private final double[] wanted;

    /** @param wanted share by topic, ≥ 0, adding up to 1 */
    TopicCalibration(double[] wanted) {
        this.wanted = wanted.clone();
    }

    /**
     * @param shown by topic: the sum of the shares of the hits shown so far
     * @param next  by topic: the shares of the next hit, each in [0,1]
     * @param hits  the number of hits shown, with the next one, ≥ 1
     */
    double miscalibration(double[] shown, double[] next, int hits) {
        double divergence = 0;
        for (int topic = 0; topic < wanted.length; topic++) {
            double p = wanted[topic];
            if (p > 0) {
                double q = (shown[topic] + next[topic]) / hits;
                divergence += p * Math.log(p / ((1 - SMOOTHING) * q + SMOOTHING * p));
            }
        }
        return 1 - Math.exp(-Math.max(0, divergence));
    }
}
