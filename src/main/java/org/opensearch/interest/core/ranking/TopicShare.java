package org.opensearch.interest.core.ranking;

import java.util.List;

/**
 * How much of a user's interest one topic is.
 *
 * @param label the words it is called by, the most telling first; may be empty
 * @param share in [0,1]; the shares of all topics of a user add up to 1
 */
public record TopicShare(List<String> label, double share) {
    public TopicShare {
        label = List.copyOf(label);
        if ((share >= 0 && share <= 1) == false) {
            throw new IllegalArgumentException("a topic's share must be in [0,1], but is [" + share + "]");
        }
    }
}
