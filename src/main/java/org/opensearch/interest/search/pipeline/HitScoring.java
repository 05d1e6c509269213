package org.opensearch.interest.search.pipeline;

import org.opensearch.search.SearchHit;

/** Function that combined the interest of a search's hits into their scores. */
@FunctionalInterface
public interface HitScoring {
    /**
     * @param interest the interest score of the hit, in [0,1]
     * @param other    an alternative interest score, in [0,1]
     * @return the score of the hit if its interest score were {@code other} and everything else stayed the same
     */
    float with(SearchHit hit, float interest, float other);
}
