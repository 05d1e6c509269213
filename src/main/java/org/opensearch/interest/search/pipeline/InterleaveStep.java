package org.opensearch.interest.search.pipeline;

import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.common.Nullable;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.resolve.ResolvedInterest;
import org.opensearch.interest.core.digest.Sha256;
import org.opensearch.interest.core.experiment.TeamDraft;
import org.opensearch.interest.core.experiment.TeamDraft.Pick;
import org.opensearch.interest.core.experiment.Variant;
import org.opensearch.interest.core.ranking.Diversity;
import org.opensearch.interest.core.ranking.RelevanceBlend;
import org.opensearch.interest.core.ranking.WindowBlend;
import org.opensearch.search.SearchHit;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ranks a window by two variants and merges both rankings into one list by team draft. The key {@code team} beside the
 * {@code _id} of a hit names the variant that picked it. Each hit keeps its score. Hits behind the window keep their
 * positions and have no team.
 *
 * @param request  the original search request
 * @param blend    combines relevance and interest into a score; null for the geometric mean of the {@code interest}
 *                 query
 * @param window   the number of first hits to interleave
 * @param variants two, each with the weight that it ranks with
 * @param seed     determines which variant picks first; the same for all pages of a search
 */
record InterleaveStep(
    HitVectors vectors,
    SearchRequest request,
    ResolvedInterest interest,
    @Nullable WindowBlend blend,
    int window,
    List<Variant> variants,
    long seed
) implements SearchPlan.Step {
    private static final String TEAM = "team";

    /**
     * Returns a seed that depends on the experiment, the user and the search: a repeated search gives the same user the
     * same list, while another variant may pick first for another user.
     */
    static long seed(String experiment, String user, SearchRequest request) {
        return ByteBuffer.wrap(Sha256.of(experiment + '\0' + user + '\0' + SearchPages.of(request).search())).getLong();
    }

    @Override
    public void apply(SearchResponse response, ActionListener<SearchResponse> listener) {
        SearchHit[] hits = response.getHits().getHits();
        List<SearchHit> first = HitVectors.first(hits, window);
        vectors.of(
            request, first, interest.field(), ActionListener.map(listener, units -> interleaved(response, hits, units))
        );
    }

    private SearchResponse interleaved(SearchResponse response, SearchHit[] hits, List<float[]> units) {
        float[] relevance = new float[units.size()];
        float[] byInterest = new float[units.size()];
        for (int i = 0; i < relevance.length; i++) {
            relevance[i] = hits[i].getScore();
            byInterest[i] = BlendStep.score(interest.function(), hits[i].getId(), units.get(i));
        }
        List<Integer> firstRanking = ranking(variants.get(0), relevance, byInterest, units);
        List<Integer> secondRanking = ranking(variants.get(1), relevance, byInterest, units);
        SearchHit[] interleavedHits = hits.clone();
        int position = 0;
        for (Pick<Integer> pick : TeamDraft.draft(firstRanking, secondRanking, seed)) {
            SearchHit hit = hits[pick.item()];
            interleavedHits[position++] = switch (pick.team()) {
                case FIRST -> ResponseHits.with(hit, TEAM, variants.get(0).name());
                case SECOND -> ResponseHits.with(hit, TEAM, variants.get(1).name());
                case NEITHER -> hit;
            };
        }
        return ResponseHits.replaced(response, interleavedHits);
    }

    /** Returns the hits' positions in the order of one variant. Hits with equal scores keep their order. */
    private List<Integer> ranking(Variant variant, float[] relevance, float[] byInterest, List<float[]> units) {
        float[] scores = scores(variant.weight().floatValue(), relevance, byInterest);
        List<Integer> order = IntStream.range(0, scores.length)
            .boxed()
            .sorted((a, b) -> Float.compare(scores[b], scores[a]))
            .toList();
        if (variant.diversity() == null || variant.diversity() == 0 || order.size() < 2) {
            return order;
        }
        float[] sortedScores = new float[scores.length];
        for (int i = 0; i < sortedScores.length; i++) {
            sortedScores[i] = scores[order.get(i)];
        }
        List<float[]> ordered = order.stream().map(units::get).toList();
        int[] diverse = new Diversity(variant.diversity())
            .order(sortedScores, ordered, DiversifyStep.mix(interest, ordered));
        return Arrays.stream(diverse).mapToObj(order::get).toList();
    }

    private float[] scores(float weight, float[] relevance, float[] byInterest) {
        if (blend != null) {
            return blend.combine(relevance, byInterest, weight);
        }
        RelevanceBlend mean = new RelevanceBlend(weight);
        float[] scores = new float[relevance.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = mean.combine(relevance[i], byInterest[i]);
        }
        return scores;
    }
}
