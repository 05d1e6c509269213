package org.opensearch.interest.search.pipeline;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.ExceptionsHelper;
import org.opensearch.ResourceNotFoundException;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.core.action.ActionListener;
import org.opensearch.index.query.MatchAllQueryBuilder;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.interest.cluster.resolve.ResolveInterestRequest;
import org.opensearch.interest.cluster.resolve.ResolveInterestResponse;
import org.opensearch.interest.cluster.resolve.ResolvedInterest;
import org.opensearch.interest.cluster.resolve.TransportResolveInterestAction;
import org.opensearch.interest.core.ranking.RelevanceBlend;
import org.opensearch.interest.core.ranking.WindowBlend;
import org.opensearch.interest.core.tracking.PipelineCounts.Reason;
import org.opensearch.interest.core.tracking.RankingTarget;
import org.opensearch.interest.core.tracking.VariantAssignment;
import org.opensearch.interest.search.query.InterestClause;
import org.opensearch.interest.search.query.InterestQueryBuilder;
import org.opensearch.interest.search.query.InterestRanking;
import org.opensearch.interest.search.query.InterestResolver;
import org.opensearch.interest.search.query.Strategy;
import org.opensearch.interest.search.rescore.InterestRescorerBuilder;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.search.pipeline.AbstractProcessor;
import org.opensearch.search.pipeline.PipelineProcessingContext;
import org.opensearch.search.pipeline.SearchRequestProcessor;
import org.opensearch.search.rescore.RescorerBuilder;

import java.util.ArrayList;
import java.util.List;

/**
 * Personalizes a search that names its user or a vector, without changing what it matches: wraps its query, adds a
 * rescorer, or blends a window of its hits on the coordinating node. Returns the same request object if the search
 * names no target, its user is unknown, or its weight is 0, and also if the search cannot be personalized, which is
 * counted. Thread-safe; never blocks.
 */
final class PersonalizeProcessor extends AbstractProcessor implements SearchRequestProcessor {
    private static final Logger logger = LogManager.getLogger(PersonalizeProcessor.class);

    static final String TYPE = "interest_personalize";
    /**
     * Name of neural search's query that combines several queries. It must be the top-level query; no other query may
     * wrap it.
     */
    private static final String HYBRID = "hybrid";

    private final PersonalizeOptions options;
    private final SearchServices services;

    PersonalizeProcessor(
        String tag, String description, boolean ignoreFailure, PersonalizeOptions options, SearchServices services
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
        throw new UnsupportedOperationException(
            "[interest] interest_personalize is asynchronous: call processRequestAsync"
        );
    }

    @Override
    public void processRequestAsync(
        SearchRequest request, PipelineProcessingContext context, ActionListener<SearchRequest> listener
    ) {
        InterestExt ext = InterestExt.of(request);
        if (ext == null || ext.hasTarget() == false) {
            listener.onResponse(request);
            return;
        }
        String tracker = ext.tracker(options.tracker());
        if (tracker == null) {
            listener.onFailure(
                new IllegalArgumentException(
                    "[interest] [ext.interest.tracker] is missing: it must be the name of a tracker, since this pipeline's "
                        + "interest_personalize names none"
                )
            );
            return;
        }
        // a tracker's experiment may give the search another weight than the pipeline's
        boolean usesSingleField = ext.weight(options.weight()) == 0f && (ext.hasWeight() || ext.user() == null);
        if (usesSingleField || request.source().size() == 0) {
            listener.onResponse(request);
            return;
        }
        Reason skipReason = ext.interleave() != null || byWindow(request) ? SkipReason.toWindows(request)
            : options.strategy() == Strategy.ANN || services.expensive().getAsBoolean()
                ? SkipReason.toScores(request.source())
                : Reason.EXPENSIVE;
        if (skipReason != null) {
            services.counts().notPersonalized(skipReason);
            listener.onResponse(request);
            return;
        }
        SearchPlan plan = services.afterSearch().plan();
        RankingTarget target = ext.target(tracker);
        ResolveInterestRequest resolveRequest = new ResolveInterestRequest(
            tracker, target.user(), SearchPages.of(request)
        );
        services.client().execute(TransportResolveInterestAction.TYPE, resolveRequest, new ActionListener<>() {
            @Override
            public void onResponse(ResolveInterestResponse answer) {
                SearchRequest ranked;
                try {
                    ranked = ranked(request, ext, target, answer, plan);
                } catch (RuntimeException e) {
                    listener.onFailure(e);
                    return;
                }
                listener.onResponse(ranked);
            }

            @Override
            public void onFailure(Exception e) {
                boolean noTracker = ExceptionsHelper.unwrapCause(e) instanceof ResourceNotFoundException;
                if (noTracker && options.strict()) {
                    listener.onFailure(e);
                    return;
                }
                logger.debug("a search of tracker [" + tracker + "] stays plain", e);
                services.counts().notPersonalized(noTracker ? Reason.NO_TRACKER : Reason.FAILED);
                listener.onResponse(request);
            }
        });
    }

    /**
     * Applies the options of the pipeline, overridden by the search itself, else by the user's variant of the tracker's
     * experiment.
     */
    private SearchRequest ranked(
        SearchRequest request, InterestExt ext, RankingTarget target, ResolveInterestResponse answer, SearchPlan plan
    ) {
        ResolvedInterest interest = InterestResolver.complete(target, answer.interest());
        VariantAssignment assignment = ext.hasWeight() ? null : answer.assignment();
        VariantPlan variantPlan = VariantPlan.of(ext.interleave(), assignment, options);
        if (variantPlan != null && plan != null) {
            plan.variant(variantPlan.ext(), variantPlan.diversity());
        }
        PersonalizeOptions effective = variantPlan == null ? options.withWeight(ext.weight(options.weight()))
            : variantPlan.options();
        if (effective.weight() == 0f && (variantPlan == null || variantPlan.isInterleaved() == false)) {
            return request;
        }
        if (interest.known().isEmpty()) {
            services.counts().notPersonalized(Reason.UNKNOWN_USER);
            return request;
        }
        if (ext.interleave() != null && variantPlan == null) {
            if (options.strict()) {
                throw VariantPlan.noVariants(target.tracker(), ext.interleave(), assignment);
            }
            services.counts().notPersonalized(Reason.NO_VARIANT);
            return request;
        }
        if (plan != null) {
            plan.interest(interest);
        }
        Reason skipReason = variantPlan != null && variantPlan.isInterleaved() ? SkipReason.toWindows(request) : null;
        if (skipReason != null) {
            services.counts().notPersonalized(skipReason);
            return request;
        }
        return personal(request, target, interest, effective, variantPlan, plan);
    }

    private boolean byWindow(SearchRequest request) {
        return options.window() != null || options.blend() != null || isHybrid(request.source().query());
    }

    private static boolean isHybrid(QueryBuilder query) {
        return query != null && query.getWriteableName().equals(HYBRID);
    }

    private SearchRequest personal(
        SearchRequest request, RankingTarget target, ResolvedInterest interest, PersonalizeOptions effective,
        VariantPlan variantPlan, SearchPlan plan
    ) {
        float weight = effective.weight();
        try {
            SearchSourceBuilder source = request.source().shallowCopy();
            if (variantPlan != null && variantPlan.isInterleaved()) {
                interleave(request, source, target, interest, variantPlan, plan);
            } else if (effective.blend() != null || isHybrid(source.query())) {
                blend(request, source, target, interest, weight, plan);
            } else if (effective.window() != null) {
                rescore(source, target, interest, weight);
                recordPersonalization(plan, target, interest, weight);
            } else {
                QueryBuilder inner = source.query() == null ? new MatchAllQueryBuilder() : source.query();
                InterestClause clause = new InterestClause(
                    ranking(target, weight), inner, effective.strategy(), null, null
                );
                source.query(InterestQueryBuilder.resolved(clause, interest));
                if (source.rescores() == null || source.rescores().isEmpty()) {
                    recordPersonalization(plan, target, interest, weight);
                }
            }
            services.counts().personalized();
            return new SearchRequest(request).source(source);
        } catch (RuntimeException e) {
            logger.debug("a search stays plain", e);
            services.counts().notPersonalized(Reason.FAILED);
            return request;
        }
    }

    private static void recordPersonalization(
        SearchPlan plan, RankingTarget target, ResolvedInterest interest, float weight
    ) {
        if (plan != null) {
            RelevanceBlend blend = new RelevanceBlend(weight);
            plan.personalization(
                new SearchPlan.Personalization(
                    target, interest, (hit, own, other) -> blend.changed(hit.getScore(), own, other)
                )
            );
        }
    }

    /**
     * Returns the blend of a window that the pipeline sets, or the default one if the query cannot be wrapped; null if
     * the shards can blend.
     */
    private WindowBlend pageBlend(QueryBuilder query) {
        return options.blend() == null && isHybrid(query) ? WindowBlend.MIN_MAX : options.blend();
    }

    /**
     * Plans to merge two rankings of one window into one list. A page that begins behind the window stays as the query
     * ranked it.
     */
    private void interleave(
        SearchRequest request, SearchSourceBuilder source, RankingTarget target, ResolvedInterest interest,
        VariantPlan variantPlan, SearchPlan plan
    ) {
        int window = options.windowSize();
        if (source.from() < window) {
            long seed = InterleaveStep.seed(variantPlan.experiment(), target.user(), request);
            plan.widen(source, window);
            InterleaveStep step = new InterleaveStep(
                services.vectors(), request, interest, pageBlend(source.query()), window, variantPlan.teams(), seed
            );
            plan.then((response, listener) -> step.apply(response, services.counting(listener)));
        }
    }

    /** Plans to blend a window of hits. A page that begins behind the window stays as the query ranked it. */
    private void blend(
        SearchRequest request, SearchSourceBuilder source, RankingTarget target, ResolvedInterest interest,
        float weight, SearchPlan plan
    ) {
        int window = options.windowSize();
        if (source.from() < window) {
            WindowBlend blend = pageBlend(source.query());
            plan.widen(source, window);
            BlendStep step = new BlendStep(services.vectors(), request, interest, blend, window, weight, scoring -> {
                plan.personalization(new SearchPlan.Personalization(target, interest, scoring));
            });
            plan.then((response, listener) -> step.apply(response, services.counting(listener)));
        }
    }

    /** Adds the interest rescorer after the rescorers of the search. */
    private void rescore(SearchSourceBuilder source, RankingTarget target, ResolvedInterest interest, float weight) {
        List<RescorerBuilder<?>> rescorers = new ArrayList<>();
        if (source.rescores() != null) {
            source.rescores().forEach(rescorers::add);
        }
        rescorers
            .add(InterestRescorerBuilder.resolved(ranking(target, weight), interest).windowSize(options.windowSize()));
        // a new list, because the original request shares the old one
        source.clearRescorers();
        rescorers.forEach(source::addRescorer);
    }

    private static InterestRanking ranking(RankingTarget target, float weight) {
        return new InterestRanking(target, null, new RelevanceBlend(weight));
    }
}
