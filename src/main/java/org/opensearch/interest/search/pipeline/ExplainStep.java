package org.opensearch.interest.search.pipeline;

import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.explanation.ExplainHitsRequest;
import org.opensearch.interest.cluster.explanation.Explanation;
import org.opensearch.interest.cluster.explanation.TransportExplainHitsAction;
import org.opensearch.interest.cluster.resolve.ResolvedInterest;
import org.opensearch.interest.core.ranking.InterestFunction;
import org.opensearch.interest.core.ranking.ItemBoost;
import org.opensearch.interest.core.ranking.ItemBoosts;
import org.opensearch.interest.core.tracking.RankingTarget;
import org.opensearch.search.SearchHit;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Adds an explanation to each hit of a page: the key {@code because} beside its {@code _id}. The score is the sum of
 * two parts: {@code interest} is the decrease of the score if the item were as interesting as an average item of the
 * catalogue and everything else stayed the same (below 0 if the score would increase), and {@code relevance} is the
 * rest.
 *
 * @param request that found the hits
 * @param target  the user or vector that the search is personalized for
 */
public record ExplainStep(
    SearchServices services,
    SearchRequest request,
    RankingTarget target,
    ResolvedInterest interest,
    HitScoring scoring
) implements SearchPlan.Step {

    @Override
    public void apply(SearchResponse response, ActionListener<SearchResponse> listener) {
        List<SearchHit> hits = Arrays.asList(response.getHits().getHits());
        services.vectors().of(request, hits, interest.field(), ActionListener.wrap(units -> {
            explanations(
                hits, units, ActionListener.map(listener, explanations -> explained(response, units, explanations))
            );
        }, listener::onFailure));
    }

    /** Does the same as {@link #apply}, but leaves the response unchanged if an error occurs. Counts both outcomes. */
    public void orUnchanged(SearchResponse response, Consumer<SearchResponse> then) {
        if (response.getHits().getHits().length == 0) {
            then.accept(response);
            return;
        }
        SearchPlan.attempt(this, response, explained -> {
            if (explained == response) {
                services.counts().notExplained();
            } else {
                services.counts().explained();
            }
            then.accept(explained);
        });
    }

    /** Requests the explanations of the hits; null for each hit if the target is a vector, which has no events. */
    private void explanations(List<SearchHit> hits, List<float[]> units, ActionListener<List<Explanation>> listener) {
        if (target.user() == null) {
            listener.onResponse(Collections.nCopies(units.size(), null));
            return;
        }
        ItemBoosts boosts = interest.function().boosts();
        List<ItemBoost> parts = hits.stream().map(hit -> boosts.of(hit.getId())).toList();
        ExplainHitsRequest because = new ExplainHitsRequest(
            target.tracker(), target.user(), units, parts, boosts.content()
        );
        services.client()
            .execute(
                TransportExplainHitsAction.TYPE, because, ActionListener.map(listener, answer -> answer.explanations())
            );
    }

    private SearchResponse explained(SearchResponse response, List<float[]> units, List<Explanation> explanations) {
        SearchHit[] hits = response.getHits().getHits().clone();
        for (int i = 0; i < hits.length; i++) {
            hits[i] = ResponseHits.with(hits[i], "because", because(hits[i], units.get(i), explanations.get(i)));
        }
        return ResponseHits.replaced(response, hits);
    }

    private Map<String, Object> because(SearchHit hit, float[] unit, Explanation explanation) {
        InterestFunction function = interest.function();
        boolean hasVector = unit != null && unit.length == function.dimension();
        float parts = function.boosts().of(hit.getId()).sum();
        float own = function.score(hasVector ? function.dots(unit) : null, parts);
        double byInterest = hasVector || parts > 0
            ? (double) hit.getScore() - scoring.with(hit, own, InterestFunction.NEUTRAL)
            : 0;
        Float without = explanation == null || explanation.without() == null ? null
            : (Float) scoring.with(hit, own, explanation.without());
        return ExplanationJson.of(hit.getScore(), byInterest, explanation, without);
    }
}
