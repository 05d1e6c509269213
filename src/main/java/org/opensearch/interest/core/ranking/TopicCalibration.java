package org.opensearch.interest.core.ranking;

/**
 * How far what is shown lies from what somebody is interested in, topic by topic (Steck, Calibrated Recommendations,
 * RecSys 2018): the divergence Σ p·ln(p/q̃) of the wanted shares p from the shown ones q, with q̃ = 0.99·q + 0.01·p so
 * that a topic which is not shown at all costs much and not infinitely much. Brought to [0,1) as 1 − e^(−divergence): 0
 * where the shares agree, 0.99 where nothing wanted is shown. Immutable.
 */
final class TopicCalibration {
    private static final double SMOOTHING = 0.01;

    private final double[] wanted;

    /** @param wanted by topic, ≥ 0, adding up to 1 */
    TopicCalibration(double[] wanted) {
        this.wanted = wanted.clone();
    }

    /**
     * @param shown by topic: the sum of what the hits shown so far are about
     * @param one   the next hit's, each in [0,1]
     * @param hits  how many are shown with it, ≥ 1
     */
    double miscalibration(double[] shown, double[] one, int hits) {
        double divergence = 0;
        for (int topic = 0; topic < wanted.length; topic++) {
            double p = wanted[topic];
            if (p > 0) {
                double q = (shown[topic] + one[topic]) / hits;
                divergence += p * Math.log(p / ((1 - SMOOTHING) * q + SMOOTHING * p));
            }
        }
        return 1 - Math.exp(-Math.max(0, divergence));
    }
}
