package org.opensearch.interest.core.profile;

/**
 * Where an interest is going: its share of what the user did lately against its share of what they ever did.
 *
 * <p>shift = (recent share − lasting share) · (1 − 2^(−recent mass)), in (−1,1): the share of the topic among all
 * topics by the short-term half-life, less the same by the long-term one, as far as there is recent evidence to tell at
 * all. So a user who has been away has steady interests, and so has one who only ever had one.
 */
public enum InterestTrend {
    UP,
    DOWN,
    STEADY;

    /** The shift from which on there is a trend: a tenth of all attention. */
    private static final double SEEN = 0.1;

    /**
     * @param at        milliseconds since 1970, not before the last event
     * @param shortTerm the short-term half-life
     */
    public static InterestTrend of(Topic topic, Topics topics, long at, long shortTerm) {
        double shift = shift(topic, topics, at, shortTerm);
        return shift > SEEN ? UP : shift < -SEEN ? DOWN : STEADY;
    }

    public static double shift(Topic topic, Topics topics, long at, long shortTerm) {
        double recent = topics.list().stream().mapToDouble(one -> one.recent(at, shortTerm)).sum();
        double lasting = topics.mass(at);
        if (recent == 0 || lasting == 0) {
            return 0;
        }
        double shift = topic.recent(at, shortTerm) / recent - topic.sum().mass(at) / lasting;
        return shift * DynamicInterest.saturation(recent);
    }
}
