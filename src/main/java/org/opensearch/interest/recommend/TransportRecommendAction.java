package org.opensearch.interest.recommend;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.interest.pipeline.search.DiversifyStep;
import org.opensearch.interest.pipeline.search.HitVectors;
import org.opensearch.interest.pipeline.search.Hits;
import org.opensearch.interest.query.Resolution;
import org.opensearch.interest.ranking.Fatigue;
import org.opensearch.interest.store.ProfileStore;
import org.opensearch.interest.store.ResolvedInterest;
import org.opensearch.interest.store.ResultPage;
import org.opensearch.interest.store.TrackerStore;
import org.opensearch.interest.tracking.Subject;
import org.opensearch.interest.tracking.Tracker;
import org.opensearch.interest.tracking.UserId;
import org.opensearch.search.SearchHit;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;
import org.opensearch.transport.client.Client;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Finds the items that suit a user best, puts a window of them in order, and shows the page that was asked for. Where nothing is known of
 * the user, the newest items. What the user has seen is found out with the plugin's rights, the items with the caller's.
 */
public final class TransportRecommendAction extends HandledTransportAction<RecommendRequest, SearchResponse> {
    private static final Logger logger = LogManager.getLogger(TransportRecommendAction.class);

    private final TrackerStore trackers;
    private final SeenItems seenItems;
    private final Client client;
    private final HitVectors vectors;
    private final NamedXContentRegistry registry;
    private final Clock clock;

    @Inject
    public TransportRecommendAction(
        TransportService transportService,
        ActionFilters filters,
        TrackerStore trackers,
        ProfileStore profiles,
        Client client,
        HitVectors vectors,
        NamedXContentRegistry registry,
        Clock clock
    ) {
        super(RecommendAction.NAME, transportService, filters, RecommendRequest::new);
        this.trackers = trackers;
        this.seenItems = new RememberedItems(profiles);
        this.client = client;
        this.vectors = vectors;
        this.registry = registry;
        this.clock = clock;
    }

    @Override
    protected void doExecute(Task task, RecommendRequest request, ActionListener<SearchResponse> listener) {
        UserId user = new UserId(request.user);
        Wanted wanted = Wanted.read(request.body, registry);
        Subject subject = new Subject(request.tracker, request.user, null, null);
        trackers.get(request.tracker, ActionListener.wrap(tracker -> {
            ResultPage page = new ResultPage(wanted.series(), wanted.from() == 0);
            Resolution.ask(client, subject, page, ActionListener.wrap(interest -> {
                seen(tracker, user, ActionListener.wrap(seen -> {
                    new Recommendation(tracker, subject, wanted, interest, seen).find(listener);
                }, listener::onFailure));
            }, listener::onFailure));
        }, listener::onFailure));
    }

    /** An unreadable history is no reason to recommend nothing. */
    private void seen(Tracker tracker, UserId user, ActionListener<Map<String, Long>> listener) {
        seenItems.of(tracker, user, ActionListener.wrap(listener::onResponse, e -> {
            logger.debug("what a user of tracker [" + tracker.name() + "] has seen cannot be read", e);
            listener.onResponse(Map.of());
        }));
    }

    /** One answer in the making. */
    private final class Recommendation {
        private final Tracker tracker;
        private final Wanted wanted;
        private final ResolvedInterest interest;
        private final Map<String, Long> seen;
        private final SearchRequest search;

        Recommendation(Tracker tracker, Subject subject, Wanted wanted, ResolvedInterest interest, Map<String, Long> seen) {
            this.tracker = tracker;
            this.wanted = wanted;
            this.interest = interest;
            this.seen = seen;
            this.search = new ItemSearch(tracker, subject, wanted, interest, seen.keySet()).request();
        }

        void find(ActionListener<SearchResponse> listener) {
            client.search(search, ActionListener.wrap(found -> {
                SearchResponse tired = wanted.excludeSeen() ? found : fatigue().apply(found);
                DiversifyStep diverse = new DiversifyStep(vectors, search, interest, wanted.diversity(), wanted.window());
                diverse.orUnchanged(tired, ordered -> explain(page(ordered), listener));
            }, listener::onFailure));
        }

        private FatigueStep fatigue() {
            return new FatigueStep(new Fatigue(tracker.halfLives().shortTerm()), seen, clock.millis());
        }

        private SearchResponse page(SearchResponse response) {
            SearchHit[] hits = response.getHits().getHits();
            int start = Math.min(wanted.from(), hits.length);
            return Hits.replaced(response, Arrays.copyOfRange(hits, start, Math.min(hits.length, start + wanted.size())));
        }

        private void explain(SearchResponse response, ActionListener<SearchResponse> listener) {
            if (wanted.explain() == false) {
                listener.onResponse(response);
                return;
            }
            if (interest.known().isEmpty()) {
                listener.onResponse(Because.explained(response, interest, List.of()));
                return;
            }
            vectors.of(search, Arrays.asList(response.getHits().getHits()), interest.field(), ActionListener.wrap(units -> {
                listener.onResponse(Because.explained(response, interest, units));
            }, listener::onFailure));
        }
    }
}
