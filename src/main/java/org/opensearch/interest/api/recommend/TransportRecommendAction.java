package org.opensearch.interest.api.recommend;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.action.ActionType;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.common.CheckedConsumer;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.interest.api.feature.UserRequest;
import org.opensearch.interest.cluster.engagement.PopularItems;
import org.opensearch.interest.cluster.history.EventHistory;
import org.opensearch.interest.cluster.resolve.ResolvedInterest;
import org.opensearch.interest.cluster.resolve.ResultPage;
import org.opensearch.interest.cluster.store.ProfileStore;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.interest.core.ranking.RepeatDamping;
import org.opensearch.interest.core.tracking.RankingTarget;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.UserId;
import org.opensearch.interest.search.pipeline.DiversifyStep;
import org.opensearch.interest.search.pipeline.ExplainStep;
import org.opensearch.interest.search.pipeline.HitScoring;
import org.opensearch.interest.search.pipeline.ResponseHits;
import org.opensearch.interest.search.pipeline.SearchServices;
import org.opensearch.interest.search.query.InterestResolver;
import org.opensearch.search.SearchHit;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;
import org.opensearch.transport.client.Client;

import java.time.Clock;
import java.util.Arrays;
import java.util.Map;

/**
 * Finds the items with the best interest scores for a user, diversifies a window of them, and returns the requested
 * page. For an unknown user, returns popular items first and then new ones. Reads events with the plugin's rights and
 * items with the caller's rights.
 */
public final class TransportRecommendAction extends HandledTransportAction<UserRequest, SearchResponse> {
    public static final String NAME = "indices:data/read/interest/recommend";
    /** Returns recommended items in the form of a search response from the items' index. */
    public static final ActionType<SearchResponse> TYPE = new ActionType<>(NAME, SearchResponse::new);

    private static final Logger logger = LogManager.getLogger(TransportRecommendAction.class);

    private final TrackerStore trackers;
    private final SeenItems seenItems;
    private final PopularItems popular;
    private final Client client;
    private final SearchServices services;
    private final NamedXContentRegistry registry;
    private final Clock clock;

    @Inject
    public TransportRecommendAction(
        TransportService transportService, ActionFilters filters, TrackerStore trackers, ProfileStore profiles,
        EventHistory history, PopularItems popular, Client client, SearchServices services,
        NamedXContentRegistry registry, Clock clock
    ) {
        super(NAME, transportService, filters, UserRequest::new);
        this.trackers = trackers;
        this.seenItems = new SeenItems(history, profiles);
        this.popular = popular;
        this.client = client;
        this.services = services;
        this.registry = registry;
        this.clock = clock;
    }

    @Override
    protected void doExecute(Task task, UserRequest request, ActionListener<SearchResponse> listener) {
        UserId user = new UserId(request.user);
        RecommendOptions options = RecommendOptions.read(request.body, registry);
        RankingTarget target = new RankingTarget(request.tracker, request.user, null, null);
        trackers.get(request.tracker, ActionListener.wrap(tracker -> {
            ResultPage page = new ResultPage(options.series(), options.from() == 0);
            InterestResolver.ask(client, target, page, options.blend(), ActionListener.wrap(interest -> {
                seenItems.of(tracker, user, orNothing(tracker, listener, seen -> {
                    new Recommendation(tracker, target, options, interest, seen).find(listener);
                }));
            }, listener::onFailure));
        }, listener::onFailure));
    }

    /**
     * Returns a listener that continues with an empty map if the history cannot be read, so that recommendations still
     * work.
     */
    private static <T, N extends Number> ActionListener<Map<String, N>> orNothing(
        Tracker tracker, ActionListener<T> failed, CheckedConsumer<Map<String, N>, Exception> then
    ) {
        return ActionListener.notifyOnce(new ActionListener<>() {
            @Override
            public void onResponse(Map<String, N> found) {
                try {
                    then.accept(found);
                } catch (Exception e) {
                    failed.onFailure(e);
                }
            }

            @Override
            public void onFailure(Exception e) {
                logger.debug("the history of tracker [" + tracker.name() + "] cannot be read", e);
                onResponse(Map.of());
            }
        });
    }

    /** Adds the explanation to hits whose score is their popularity. */
    private static SearchResponse popularOrNew(SearchResponse response) {
        SearchHit[] hits = response.getHits().getHits().clone();
        for (int i = 0; i < hits.length; i++) {
            hits[i] = ResponseHits
                .with(hits[i], "because", Map.of("kind", hits[i].getScore() > 0 ? "popular" : "newest"));
        }
        return ResponseHits.replaced(response, hits);
    }

    /** State of one recommendation request. */
    private final class Recommendation {
        private final Tracker tracker;
        private final RankingTarget target;
        private final RecommendOptions options;
        private final ResolvedInterest interest;
        private final ItemSearch items;
        private final RepeatDampingStep damping;

        Recommendation(
            Tracker tracker, RankingTarget target, RecommendOptions options, ResolvedInterest interest,
            Map<String, Long> seen
        ) {
            this.tracker = tracker;
            this.target = target;
            this.options = options;
            this.interest = interest;
            this.items = new ItemSearch(tracker, options, seen.keySet());
            this.damping = new RepeatDampingStep(
                new RepeatDamping(tracker.halfLives().shortTerm()), seen, clock.millis()
            );
        }

        void find(ActionListener<SearchResponse> listener) {
            if (interest.known().isPresent()) {
                find(items.by(target, interest, services.expensive().getAsBoolean()), listener);
                return;
            }
            long now = clock.millis();
            popular.of(
                tracker, now, options.window(),
                orNothing(tracker, listener, counts -> find(items.byPopularity(counts), listener))
            );
        }

        private void find(SearchRequest search, ActionListener<SearchResponse> listener) {
            client.search(search, ActionListener.wrap(found -> {
                SearchResponse damped = options.excludeSeen() ? found : damping.apply(found);
                DiversifyStep diverse = new DiversifyStep(
                    services.vectors(), search, interest, options.diversity(), options.window()
                );
                diverse.orUnchanged(damped, ordered -> explain(search, page(ordered), listener));
            }, listener::onFailure));
        }

        private SearchResponse page(SearchResponse response) {
            SearchHit[] hits = response.getHits().getHits();
            int start = Math.min(options.from(), hits.length);
            return ResponseHits
                .replaced(response, Arrays.copyOfRange(hits, start, Math.min(hits.length, start + options.size())));
        }

        private void explain(SearchRequest search, SearchResponse response, ActionListener<SearchResponse> listener) {
            if (options.explain() == false) {
                listener.onResponse(response);
            } else if (interest.known().isEmpty()) {
                listener.onResponse(popularOrNew(response));
            } else {
                HitScoring scoring = (hit, own, other) -> options.excludeSeen() ? other : damping.damped(hit, other);
                new ExplainStep(services, search, target, interest, scoring)
                    .orUnchanged(response, listener::onResponse);
            }
        }
    }
}
