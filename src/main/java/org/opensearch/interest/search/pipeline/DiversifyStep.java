package org.opensearch.interest.search.pipeline;

import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.resolve.ResolvedInterest;
import org.opensearch.interest.core.ranking.Diversity;
import org.opensearch.interest.core.ranking.Diversity.TopicMix;
import org.opensearch.interest.core.ranking.PersonalFunction;
import org.opensearch.interest.core.ranking.TopicShare;
import org.opensearch.search.SearchHit;

import java.util.List;
import java.util.function.Consumer;

/**
 * Reorders the hits of a window for diversity. Each hit keeps its score, and {@code max_score} stays: diversity moves a
 * hit because of the hits above it, which does not change how well the hit itself matches. Hits behind the window keep
 * their positions.
 *
 * @param request  the original search request
 * @param interest the field, and the user's interests if the user is known
 * @param window   the number of first hits to reorder
 */
public record DiversifyStep(
    HitVectors vectors,
    SearchRequest request,
    ResolvedInterest interest,
    Diversity diversity,
    int window
) implements SearchPlan.Step {

    @Override
    public void apply(SearchResponse response, ActionListener<SearchResponse> listener) {
        SearchHit[] hits = response.getHits().getHits();
        List<SearchHit> first = HitVectors.first(hits, window);
        if (diversity.diversity() == 0 || first.size() < 2) {
            listener.onResponse(response);
            return;
        }
        vectors.of(request, first, interest.field(), ActionListener.map(listener, units -> {
            float[] relevance = new float[units.size()];
            for (int i = 0; i < relevance.length; i++) {
                // hits without scores are ranked by their positions
                relevance[i] = Float.isNaN(hits[i].getScore()) ? relevance.length - i : hits[i].getScore();
            }
            int[] order = diversity.order(relevance, units, mix(interest, units));
            SearchHit[] ordered = hits.clone();
            for (int i = 0; i < order.length; i++) {
                ordered[i] = hits[order[i]];
            }
            return ResponseHits.replaced(response, ordered);
        }));
    }

    /** Does the same as {@link #apply}, but leaves the response unchanged if an error occurs. */
    public void orUnchanged(SearchResponse response, Consumer<SearchResponse> then) {
        SearchPlan.attempt(this, response, then);
    }

    /**
     * Returns the topics of the hits and the topic shares of the user; an empty mix if the interest contains no topics.
     */
    static TopicMix mix(ResolvedInterest interest, List<float[]> units) {
        if (interest.function() instanceof PersonalFunction personal
            && personal.topics().size() == interest.topics().size()) {
            double[] shares = interest.topics().stream().mapToDouble(TopicShare::share).toArray();
            double[][] about = new double[units.size()][];
            for (int i = 0; i < about.length; i++) {
                float[] unit = units.get(i);
                boolean hasVector = unit != null && unit.length == personal.dimension();
                about[i] = hasVector ? personal.about(personal.dots(unit)) : new double[shares.length];
            }
            return new TopicMix(shares, about);
        }
        return TopicMix.none(units.size());
    }
}
