package org.opensearch.interest.search.pipeline;

import org.opensearch.search.SearchHit;

/** How the hits of a search came to their scores. */
@FunctionalInterface
public interface HitScoring {
    /**
     * @param interest the hit's, in [0,1]
     * @param other    in [0,1]
     * @return the score that the hit would have were its interest the other one, and everything else as it is
     */
    float with(SearchHit hit, float interest, float other);
}
