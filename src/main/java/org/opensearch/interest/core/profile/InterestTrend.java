package org.opensearch.interest.core.profile;

/**
 * The trend of a topic: its share of recent evidence compared with its share of long-term evidence.
 *
 * <p>shift = (recent share − long-term share) · (1 − 2^(−recent mass)), in (−1,1): the topic's share of all topics by
 * the short-term half-life minus its share by the long-term one, times the confidence that recent evidence gives. So
 * the topics of a user who was away are steady, and so is the only topic of a user.
 */
public enum InterestTrend {
    UP,
    DOWN,
    STEADY;

    /** The smallest shift that counts as a trend: a tenth of all interest. */
    private static final double THRESHOLD = 0.1;

    /**
     * @param at        milliseconds since 1970, not before the last event
     * @param shortTerm the short-term half-life in milliseconds
     */
    public static InterestTrend of(Topic topic, Topics topics, long at, long shortTerm) {
        double shift = shift(topic, topics, at, shortTerm);
        return shift > THRESHOLD ? UP : shift < -THRESHOLD ? DOWN : STEADY;
    }

    public static double shift(Topic topic, Topics topics, long at, long shortTerm) {
        double recent = topics.list().stream().mapToDouble(each -> each.recent(at, shortTerm)).sum();
        double longTerm = topics.mass(at);
        if (recent == 0 || longTerm == 0) {
            return 0;
        }
        double shift = topic.recent(at, shortTerm) / recent - topic.sum().mass(at) / longTerm;
        return shift * DynamicInterest.saturation(recent);
    }
}
