package org.opensearch.interest.api.recommend;

import org.opensearch.action.search.SearchResponse;
import org.opensearch.interest.core.ranking.RepeatDamping;
import org.opensearch.interest.search.pipeline.ResponseHits;
import org.opensearch.search.SearchHit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;

/**
 * Step that lowers the scores of recently seen items and sorts the hits again. Hits with equal scores keep their order.
 */
record RepeatDampingStep(RepeatDamping damping, Map<String, Long> seen, long now) {
    SearchResponse apply(SearchResponse response) {
        SearchHit[] hits = response.getHits().getHits().clone();
        if (hits.length == 0 || Float.isNaN(hits[0].getScore())) {
            return response;
        }
        for (SearchHit hit : hits) {
            hit.score(damped(hit, hit.getScore()));
        }
        Arrays.sort(hits, Comparator.comparingDouble((SearchHit hit) -> -hit.getScore()));
        return ResponseHits.replaced(response, hits, hits[0].getScore());
    }

    /** Returns the damped value of a hit's interest score. */
    float damped(SearchHit hit, float score) {
        Long last = seen.get(hit.getId());
        return last == null ? score : damping.damped(score, now - last);
    }
}
