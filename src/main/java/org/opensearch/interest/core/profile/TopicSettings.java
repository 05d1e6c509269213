package org.opensearch.interest.core.profile;

/**
 * How many interests a profile tells apart.
 *
 * @param max        ≥ 1
 * @param similarity the cosine, seen from the centre, from which evidence belongs to a topic; in [0,1]
 */
public record TopicSettings(int max, double similarity) {
    /** How many things that were turned down are told apart. Far fewer than interests: most people turn little down. */
    public static final int MOST_AGAINST = 4;

    public TopicSettings {
        if (max < 1 || (similarity >= 0 && similarity <= 1) == false) {
            throw new IllegalArgumentException("at most [" + max + "] topics from similarity [" + similarity + "] on");
        }
    }
}
