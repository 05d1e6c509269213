package org.opensearch.interest.search.pipeline;

import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.search.query.InterestQueryBuilder;
import org.opensearch.interest.search.query.InterestRanking;
import org.opensearch.interest.search.query.InterestResolver;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.search.pipeline.AbstractProcessor;
import org.opensearch.search.pipeline.PipelineProcessingContext;
import org.opensearch.search.pipeline.SearchResponseProcessor;

/**
 * Adds an explanation to each hit of a page if {@link PersonalizeProcessor} personalized the search, or if the search
 * consists of an {@code interest} query alone. Other searches stay unchanged. Explanations are computed after the page
 * is cut from its window; if that fails, the page stays as it is and the failure is counted. Thread-safe; never blocks.
 */
final class ExplainProcessor extends AbstractProcessor implements SearchResponseProcessor {
    static final String TYPE = "interest_explain";

    private final SearchServices services;

    ExplainProcessor(String tag, String description, boolean ignoreFailure, SearchServices services) {
        super(tag, description, ignoreFailure);
        this.services = services;
    }

    @Override
    public String getType() {
        return TYPE;
    }

    @Override
    public SearchResponse processResponse(SearchRequest request, SearchResponse response) {
        throw new UnsupportedOperationException(
            "[interest] interest_explain is asynchronous: call processResponseAsync"
        );
    }

    @Override
    public void processResponseAsync(
        SearchRequest request, SearchResponse response, PipelineProcessingContext context,
        ActionListener<SearchResponse> listener
    ) {
        SearchPlan plan = services.afterSearch().plan();
        SearchPlan searchPlan = plan == null ? new SearchPlan() : plan;
        // a blend records its scoring only after it has set the scores
        searchPlan.settle(response, settled -> {
            SearchPlan.Step step = step(request, searchPlan);
            if (step == null) {
                listener.onResponse(settled);
            } else if (plan == null) {
                SearchPlan.attempt(step, settled, listener::onResponse);
            } else {
                plan.lastStep(step);
                listener.onResponse(settled);
            }
        });
    }

    /** Returns the step that adds the explanations; null if there is nothing to explain. */
    private SearchPlan.Step step(SearchRequest request, SearchPlan plan) {
        SearchSourceBuilder source = request.source();
        if (source == null || SkipReason.toScores(source) != null) {
            return null;
        }
        SearchPlan.Personalization applied = plan.personalization();
        if (applied != null) {
            ExplainStep explainStep = new ExplainStep(
                services, request, applied.target(), applied.interest(), applied.scoring()
            );
            return (page, then) -> explainStep.orUnchanged(page, then::onResponse);
        }
        if (source.query() instanceof InterestQueryBuilder query && query.usesSingleField()
            && hasRescorers(source) == false) {
            return (page, then) -> ofQuery(request, query, page, then);
        }
        return null;
    }

    private static boolean hasRescorers(SearchSourceBuilder source) {
        return source.rescores() != null && source.rescores().isEmpty() == false;
    }

    private void ofQuery(
        SearchRequest request, InterestQueryBuilder query, SearchResponse page, ActionListener<SearchResponse> listener
    ) {
        InterestRanking ranking = query.ranking();
        float boost = query.boost();
        HitScoring scoring = (hit, interest, other) -> boost
            * ranking.blend().changed(hit.getScore() / boost, interest, other);
        if (ranking.blend().needsInterest() == false || boost == 0f) {
            listener.onResponse(page);
            return;
        }
        InterestResolver
            .ask(services.client(), ranking.target(), null, ranking.parts(), ActionListener.wrap(interest -> {
                if (interest.known().isEmpty()) {
                    listener.onResponse(page);
                } else {
                    new ExplainStep(services, request, ranking.target(), interest, scoring)
                        .orUnchanged(page, listener::onResponse);
                }
            }, e -> {
                services.counts().notExplained();
                listener.onFailure(e);
            }));
    }
}
