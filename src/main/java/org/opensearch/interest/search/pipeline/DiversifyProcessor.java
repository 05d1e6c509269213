package org.opensearch.interest.search.pipeline;

import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.common.Nullable;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.resolve.ResolveInterestRequest;
import org.opensearch.interest.cluster.resolve.ResolvedInterest;
import org.opensearch.interest.cluster.resolve.TransportResolveInterestAction;
import org.opensearch.interest.core.ranking.Diversity;
import org.opensearch.interest.search.query.InterestResolver;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.search.pipeline.AbstractProcessor;
import org.opensearch.search.pipeline.PipelineProcessingContext;
import org.opensearch.search.pipeline.SearchRequestProcessor;
import org.opensearch.search.pipeline.SearchResponseProcessor;

/**
 * Keeps a page from showing ten similar items. As a response processor it reorders hits for diversity: the hits of the
 * page, or, together with the request processor of the same name, the hits of a window from which the page is cut at
 * the end. Leaves a response unchanged if it cannot be diversified (sorted, collapsed, scrolled, without vectors) or if
 * an error occurs. Thread-safe; never blocks.
 */
final class DiversifyProcessor extends AbstractProcessor implements SearchRequestProcessor, SearchResponseProcessor {
    static final String TYPE = "interest_diversify";
    private static final String PLAN = "interest_search_plan";

    private final DiversifyOptions options;
    private final SearchServices services;

    DiversifyProcessor(
        String tag, String description, boolean ignoreFailure, DiversifyOptions options, SearchServices services
    ) {
        super(tag, description, ignoreFailure);
        this.options = options;
        this.services = services;
    }

    @Override
    public String getType() {
        return TYPE;
    }

    @Override
    public SearchRequest processRequest(SearchRequest request) {
        return processRequest(request, new PipelineProcessingContext());
    }

    @Override
    public SearchRequest processRequest(SearchRequest request, PipelineProcessingContext context) {
        SearchPlan plan = services.afterSearch().plan();
        if (plan == null || cannotBeDiversified(request, plan) || request.source().from() >= options.window()) {
            return request;
        }
        SearchSourceBuilder source = request.source().shallowCopy();
        plan.widen(source, options.window());
        context.setAttribute(PLAN, plan);
        return new SearchRequest(request).source(source);
    }

    private boolean cannotBeDiversified(SearchRequest request, SearchPlan plan) {
        return request.source() == null || plan.isInterleaved() || request.source().size() == 0
            || SkipReason.toWindows(request) != null || diversity(plan).diversity() == 0;
    }

    /** Returns the diversity of the search. A variant of an experiment overrides the pipeline. */
    private Diversity diversity(SearchPlan plan) {
        return plan.diversity() == null ? options.diversity() : new Diversity(plan.diversity());
    }

    @Override
    public SearchResponse processResponse(SearchRequest request, SearchResponse response) {
        throw new UnsupportedOperationException(
            "[interest] interest_diversify is asynchronous: call processResponseAsync"
        );
    }

    @Override
    public void processResponseAsync(
        SearchRequest request, SearchResponse response, PipelineProcessingContext context,
        ActionListener<SearchResponse> listener
    ) {
        SearchPlan plan = context.getAttribute(PLAN) instanceof SearchPlan planOfRequest ? planOfRequest
            : services.afterSearch().plan();
        SearchPlan searchPlan = plan == null ? new SearchPlan() : plan;
        // the hits are ordered by their final scores, so scores are blended first
        searchPlan.settle(response, settled -> {
            if (cannotBeDiversified(request, searchPlan) || settled.getHits().getHits().length < 2) {
                listener.onResponse(settled);
                return;
            }
            SearchPlan
                .attempt((found, then) -> resolve(request, searchPlan.interest(), ActionListener.wrap(interest -> {
                    new DiversifyStep(services.vectors(), request, interest, diversity(searchPlan), options.window())
                        .apply(found, then);
                }, then::onFailure)), settled, diverse -> {
                    if (diverse == settled) {
                        services.counts().notDiversified();
                    } else {
                        services.counts().diversified();
                    }
                    listener.onResponse(diverse);
                });
        });
    }

    /** @param known the interest that an earlier processor resolved; null if none did */
    private void resolve(
        SearchRequest request, @Nullable ResolvedInterest known, ActionListener<ResolvedInterest> listener
    ) {
        InterestExt ext = InterestExt.of(request);
        String tracker = ext == null ? options.tracker() : ext.tracker(options.tracker());
        if (known != null) {
            listener.onResponse(inField(known));
        } else if (tracker == null) {
            ActionListener.completeWith(listener, () -> {
                if (options.field() == null) {
                    throw new IllegalArgumentException(
                        "[interest] interest_diversify has neither [tracker] nor [field]"
                    );
                }
                return ResolvedInterest.unknownUser(options.field());
            });
        } else if (ext != null && ext.hasTarget()) {
            InterestResolver.ask(
                services.client(), ext.target(tracker), SearchPages.of(request),
                ActionListener.map(listener, this::inField)
            );
        } else {
            ResolveInterestRequest withoutUser = new ResolveInterestRequest(tracker, null);
            services.client()
                .execute(
                    TransportResolveInterestAction.TYPE, withoutUser,
                    ActionListener.map(listener, answer -> inField(answer.interest()))
                );
        }
    }

    private ResolvedInterest inField(ResolvedInterest interest) {
        return options.field() == null ? interest
            : new ResolvedInterest(options.field(), interest.function(), interest.topics());
    }
}
