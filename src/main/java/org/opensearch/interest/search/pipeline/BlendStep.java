package org.opensearch.interest.search.pipeline;

import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.resolve.ResolvedInterest;
import org.opensearch.interest.core.ranking.InterestFunction;
import org.opensearch.interest.core.ranking.WindowBlend;
import org.opensearch.search.SearchHit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Blends the scores of a window of hits with interest scores on the coordinating node, which knows the whole window.
 * Hits with equal scores keep their order. Hits behind the window keep their order below it, with their scores scaled
 * to fit, so that scores never rise down the page.
 *
 * @param request         the original search request
 * @param window          the number of first hits to blend
 * @param weight          of interest, in (0,1]
 * @param scoringListener receives the scoring of the page after the scores are set
 */
record BlendStep(
    HitVectors vectors,
    SearchRequest request,
    ResolvedInterest interest,
    WindowBlend blend,
    int window,
    float weight,
    Consumer<HitScoring> scoringListener
) implements SearchPlan.Step {

    @Override
    public void apply(SearchResponse response, ActionListener<SearchResponse> listener) {
        SearchHit[] hits = response.getHits().getHits();
        List<SearchHit> first = HitVectors.first(hits, window);
        vectors.of(
            request, first, interest.field(), ActionListener.map(listener, units -> blended(response, hits, units))
        );
    }

    private SearchResponse blended(SearchResponse response, SearchHit[] hits, List<float[]> units) {
        int size = units.size();
        float[] relevance = new float[size];
        float[] byInterest = new float[size];
        for (int i = 0; i < size; i++) {
            relevance[i] = hits[i].getScore();
            byInterest[i] = score(interest.function(), hits[i].getId(), units.get(i));
        }
        float[] scores = blend.combine(relevance, byInterest, weight);
        SearchHit[] ordered = hits.clone();
        // sorted over objects: that sort is stable, a sort of primitives is not
        int[] order = IntStream.range(0, size)
            .boxed()
            .sorted((a, b) -> Float.compare(scores[b], scores[a]))
            .mapToInt(i -> i)
            .toArray();
        float lowestBefore = size == 0 ? 1 : relevance[size - 1];
        for (int i = 0; i < size; i++) {
            ordered[i] = hits[order[i]];
        }
        for (int i = 0; i < size; i++) {
            hits[i].score(scores[i]);
        }
        scoringListener.accept(new PageScoring(hits, relevance, byInterest));
        float lowest = size == 0 ? 1 : scores[order[size - 1]];
        for (int i = size; i < hits.length; i++) {
            float share = lowestBefore > 0 ? hits[i].getScore() / lowestBefore : 0;
            hits[i].score(lowest * Math.clamp(share, 0f, 1f));
        }
        return ResponseHits.replaced(
            response, ordered, ordered.length == 0 ? response.getHits().getMaxScore() : ordered[0].getScore()
        );
    }

    /** The scoring of a blended window. Interest does not contribute to the score of a hit behind the window. */
    private final class PageScoring implements HitScoring {
        private final Map<String, Integer> positions = new HashMap<>();
        private final float[] relevance;
        private final float[] byInterest;

        PageScoring(SearchHit[] hits, float[] relevance, float[] byInterest) {
            this.relevance = relevance;
            this.byInterest = byInterest;
            for (int i = 0; i < relevance.length; i++) {
                positions.put(key(hits[i]), i);
            }
        }

        private static String key(SearchHit hit) {
            return hit.getIndex() + '\n' + hit.getId();
        }

        @Override
        public float with(SearchHit hit, float interest, float other) {
            Integer position = positions.get(key(hit));
            if (position == null) {
                return hit.getScore();
            }
            float[] changed = byInterest.clone();
            changed[position] = other;
            return blend.combine(relevance, changed, weight)[position];
        }
    }

    /**
     * Returns the interest score of an item by its id and unit vector. Without a vector of the right dimension, the
     * vector's contribution is neutral.
     */
    static float score(InterestFunction function, String id, float[] unit) {
        boolean hasVector = unit != null && unit.length == function.dimension();
        return function.score(hasVector ? function.dots(unit) : null, function.boosts().of(id).sum());
    }
}
