package org.opensearch.interest.core.ranking;

import java.util.List;

/**
 * One topic's share of a user's interest.
 *
 * @param label the words of its label, the most distinctive first; may be empty
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
