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
 * Lets each hit of a page say why it is there, where {@link PersonalizeProcessor} made the search personal, or where an
 * {@code interest} query is all of it. Other searches pass as they came. What it says is found out when the page has
 * been cut out of its window; where it cannot be, the page stays as it is, and that is counted. Thread-safe; never
 * blocks.
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
            "[interest] interest_explain answers later, and nobody may wait for it"
        );
    }

    @Override
    public void processResponseAsync(
        SearchRequest request, SearchResponse response, PipelineProcessingContext context,
        ActionListener<SearchResponse> listener
    ) {
        SearchPlan plan = services.afterSearch().plan();
        SearchPlan own = plan == null ? new SearchPlan() : plan;
        // a blend tells how it made the scores once it has
        own.settle(response, settled -> {
            SearchPlan.Step step = step(request, own);
            if (step == null) {
                listener.onResponse(settled);
            } else if (plan == null) {
                SearchPlan.attempt(step, settled, listener::onResponse);
            } else {
                plan.last(step);
                listener.onResponse(settled);
            }
        });
    }

    /** Null where there is nothing to explain. */
    private SearchPlan.Step step(SearchRequest request, SearchPlan plan) {
        SearchSourceBuilder source = request.source();
        if (source == null || SkipReason.toScores(source) != null) {
            return null;
        }
        SearchPlan.Made made = plan.made();
        if (made != null) {
            ExplainStep because = new ExplainStep(services, request, made.target(), made.interest(), made.scoring());
            return (page, then) -> because.orUnchanged(page, then::onResponse);
        }
        if (source.query() instanceof InterestQueryBuilder query && query.isPlain() && hasRescorers(source) == false) {
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
