package org.opensearch.interest.api.recommend;

import org.opensearch.action.search.SearchResponse;
import org.opensearch.interest.core.ranking.RepeatDamping;
import org.opensearch.interest.search.pipeline.ResponseHits;
import org.opensearch.search.SearchHit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;

/** Damps recently seen items. Equal scores keep their order. */
record RepeatDampingStep(RepeatDamping fatigue, Map<String, Long> seen, long now) {
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

    /** Damped interest score of a hit. */
    float damped(SearchHit hit, float score) {
        Long last = seen.get(hit.getId());
        return last == null ? score : fatigue.damped(score, now - last);
    }
}
