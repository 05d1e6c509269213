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
 * Puts a window's hits in a more diverse order. A hit keeps the score that it was found with, and {@code max_score}
 * stays: a place further up because of what stands above is nothing that the hit itself deserves. Hits behind the
 * window stay where they are.
 *
 * @param request  as it was sent
 * @param interest tells the field, and where its user is known what they are interested in
 * @param window   how many of the first hits
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
                // what was found by something else than scores is ranked by its place
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

    /** As {@link #apply}; where it fails the answer stays as it was. */
    public void orUnchanged(SearchResponse response, Consumer<SearchResponse> then) {
        SearchPlan.attempt(this, response, then);
    }

    /** What hits are about, and what of it their user wants. */
    static TopicMix mix(ResolvedInterest interest, List<float[]> units) {
        if (interest.function() instanceof PersonalFunction personal
            && personal.topics().size() == interest.topics().size()) {
            double[] wanted = interest.topics().stream().mapToDouble(TopicShare::share).toArray();
            double[][] about = new double[units.size()][];
            for (int i = 0; i < about.length; i++) {
                float[] unit = units.get(i);
                boolean seen = unit != null && unit.length == personal.dimension();
                about[i] = seen ? personal.about(personal.dots(unit)) : new double[wanted.length];
            }
            return new TopicMix(wanted, about);
        }
        return TopicMix.none(units.size());
    }
}
