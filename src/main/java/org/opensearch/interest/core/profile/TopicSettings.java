package org.opensearch.interest.core.profile;

/**
 * The number of topics of a profile, and the similarity within a topic.
 *
 * @param max        the most topics of interest, ≥ 1
 * @param similarity the least cosine, after the catalogue's means are subtracted, at which evidence joins a topic; in
 *                   [0,1]
 */
public record TopicSettings(int max, double similarity) {
    /** The most negative topics. Far fewer than topics of interest, because most users dislike few items. */
    public static final int MOST_AGAINST = 4;

    public TopicSettings {
        if (max < 1 || (similarity >= 0 && similarity <= 1) == false) {
            throw new IllegalArgumentException("at most [" + max + "] topics from similarity [" + similarity + "] on");
        }
    }
}
