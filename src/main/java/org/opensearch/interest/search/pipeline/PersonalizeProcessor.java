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
 * Makes a search personal that says for whom it is, without changing what it asks for: wraps its query, adds a
 * rescorer, or blends a window of its hits on the coordinating node. A search for nobody, for somebody unknown, or of
 * weight 0 is passed on as it came, the same object; so is one that cannot be made personal, and counted. Thread-safe;
 * never blocks.
 */
final class PersonalizeProcessor extends AbstractProcessor implements SearchRequestProcessor {
    private static final Logger logger = LogManager.getLogger(PersonalizeProcessor.class);

    static final String TYPE = "interest_personalize";
    /** What neural search's query of several queries is called: it must stand at the top, and no query may wrap it. */
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
            "[interest] interest_personalize answers later, and nobody may wait for it"
        );
    }

    @Override
    public void processRequestAsync(
        SearchRequest request, PipelineProcessingContext context, ActionListener<SearchRequest> listener
    ) {
        InterestExt ext = InterestExt.of(request);
        if (ext == null || ext.namesSomebody() == false) {
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
        boolean isPlain = ext.weight(options.weight()) == 0f && (ext.saysWeight() || ext.user() == null);
        if (isPlain || request.source().size() == 0) {
            listener.onResponse(request);
            return;
        }
        Reason obstacle = ext.interleave() != null || byWindow(request) ? SkipReason.toWindows(request)
            : options.strategy() == Strategy.ANN || services.expensive().getAsBoolean()
                ? SkipReason.toScores(request.source())
                : Reason.EXPENSIVE;
        if (obstacle != null) {
            services.counts().notPersonalized(obstacle);
            listener.onResponse(request);
            return;
        }
        SearchPlan plan = services.afterSearch().plan();
        RankingTarget target = ext.target(tracker);
        ResolveInterestRequest ask = new ResolveInterestRequest(tracker, target.user(), SearchPages.of(request));
        services.client().execute(TransportResolveInterestAction.TYPE, ask, new ActionListener<>() {
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

    /** As the pipeline says, or the search itself, or the variant of the tracker's experiment that is the user's. */
    private SearchRequest ranked(
        SearchRequest request, InterestExt ext, RankingTarget target, ResolveInterestResponse answer, SearchPlan plan
    ) {
        ResolvedInterest interest = InterestResolver.complete(target, answer.interest());
        VariantAssignment part = ext.saysWeight() ? null : answer.assignment();
        VariantPlan trial = VariantPlan.of(ext.interleave(), part, options);
        if (trial != null && plan != null) {
            plan.tell(trial.told(), trial.diversity());
        }
        PersonalizeOptions how = trial == null ? options.withWeight(ext.weight(options.weight())) : trial.options();
        if (how.weight() == 0f && (trial == null || trial.isInterleaved() == false)) {
            return request;
        }
        if (interest.known().isEmpty()) {
            services.counts().notPersonalized(Reason.UNKNOWN_USER);
            return request;
        }
        if (ext.interleave() != null && trial == null) {
            if (options.strict()) {
                throw VariantPlan.noVariants(target.tracker(), ext.interleave(), part);
            }
            services.counts().notPersonalized(Reason.NO_VARIANT);
            return request;
        }
        if (plan != null) {
            plan.interest(interest);
        }
        Reason obstacle = trial != null && trial.isInterleaved() ? SkipReason.toWindows(request) : null;
        if (obstacle != null) {
            services.counts().notPersonalized(obstacle);
            return request;
        }
        return personal(request, target, interest, how, trial, plan);
    }

    private boolean byWindow(SearchRequest request) {
        return options.window() != null || options.blend() != null || isHybrid(request.source().query());
    }

    private static boolean isHybrid(QueryBuilder query) {
        return query != null && query.getWriteableName().equals(HYBRID);
    }

    private SearchRequest personal(
        SearchRequest request, RankingTarget target, ResolvedInterest interest, PersonalizeOptions how,
        VariantPlan trial, SearchPlan plan
    ) {
        float weight = how.weight();
        try {
            SearchSourceBuilder source = request.source().shallowCopy();
            if (trial != null && trial.isInterleaved()) {
                interleave(request, source, target, interest, trial, plan);
            } else if (how.blend() != null || isHybrid(source.query())) {
                blend(request, source, target, interest, weight, plan);
            } else if (how.window() != null) {
                rescore(source, target, interest, weight);
                made(plan, target, interest, weight);
            } else {
                QueryBuilder inner = source.query() == null ? new MatchAllQueryBuilder() : source.query();
                InterestClause clause = new InterestClause(ranking(target, weight), inner, how.strategy(), null, null);
                source.query(InterestQueryBuilder.resolved(clause, interest));
                if (source.rescores() == null || source.rescores().isEmpty()) {
                    made(plan, target, interest, weight);
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

    private static void made(SearchPlan plan, RankingTarget target, ResolvedInterest interest, float weight) {
        if (plan != null) {
            RelevanceBlend blend = new RelevanceBlend(weight);
            plan.made(
                new SearchPlan.Made(target, interest, (hit, own, other) -> blend.changed(hit.getScore(), own, other))
            );
        }
    }

    /**
     * What a window is blended by, where the pipeline says or the query cannot be wrapped; null where the shards could
     * do it.
     */
    private WindowBlend pageBlend(QueryBuilder query) {
        return options.blend() == null && isHybrid(query) ? WindowBlend.MIN_MAX : options.blend();
    }

    /** Two rankings of one window as one list. A page that begins behind the window is what the first pass says. */
    private void interleave(
        SearchRequest request, SearchSourceBuilder source, RankingTarget target, ResolvedInterest interest,
        VariantPlan trial, SearchPlan plan
    ) {
        int window = options.windowSize();
        if (source.from() < window) {
            long seed = InterleaveStep.seed(trial.experiment(), target.user(), request);
            plan.widen(source, window);
            InterleaveStep step = new InterleaveStep(
                services.vectors(), request, interest, pageBlend(source.query()), window, trial.teams(), seed
            );
            plan.then((response, listener) -> step.apply(response, services.counting(listener)));
        }
    }

    /** A page that begins behind the window is what the first pass says. */
    private void blend(
        SearchRequest request, SearchSourceBuilder source, RankingTarget target, ResolvedInterest interest,
        float weight, SearchPlan plan
    ) {
        int window = options.windowSize();
        if (source.from() < window) {
            WindowBlend blend = pageBlend(source.query());
            plan.widen(source, window);
            BlendStep step = new BlendStep(services.vectors(), request, interest, blend, window, weight, how -> {
                plan.made(new SearchPlan.Made(target, interest, how));
            });
            plan.then((response, listener) -> step.apply(response, services.counting(listener)));
        }
    }

    /** After the rescorers that the search brings. */
    private void rescore(SearchSourceBuilder source, RankingTarget target, ResolvedInterest interest, float weight) {
        List<RescorerBuilder<?>> rescorers = new ArrayList<>();
        if (source.rescores() != null) {
            source.rescores().forEach(rescorers::add);
        }
        rescorers
            .add(InterestRescorerBuilder.resolved(ranking(target, weight), interest).windowSize(options.windowSize()));
        // a list of its own: the one that came belongs to the request as it was sent
        source.clearRescorers();
        rescorers.forEach(source::addRescorer);
    }

    private static InterestRanking ranking(RankingTarget target, float weight) {
        return new InterestRanking(target, null, new RelevanceBlend(weight));
    }
}
