package org.opensearch.interest.cluster.resolve;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.ResourceNotFoundException;
import org.opensearch.action.ActionListenerResponseHandler;
import org.opensearch.action.ActionType;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.cluster.ClusterState;
import org.opensearch.cluster.node.DiscoveryNode;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.inject.Inject;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.engagement.BoostLookup;
import org.opensearch.interest.cluster.items.ItemMapping;
import org.opensearch.interest.cluster.store.InterestIndex;
import org.opensearch.interest.cluster.store.PrimaryLocator;
import org.opensearch.interest.cluster.store.ProfileId;
import org.opensearch.interest.cluster.store.ProfileStore;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.ranking.InterestFunction;
import org.opensearch.interest.core.tracking.InterestFunctions;
import org.opensearch.interest.core.tracking.InterestFunctions.Personal;
import org.opensearch.interest.core.tracking.SearchCounts;
import org.opensearch.interest.core.tracking.SearchCounts.Outcome;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.UserId;
import org.opensearch.interest.core.tracking.VariantAssignment;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportRequestOptions;
import org.opensearch.transport.TransportService;

import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Resolves a user to their interests. A search never fails because of personalisation: a profile that cannot be read
 * counts as none, and is logged without its user.
 */
public final class TransportResolveInterestAction
    extends
        HandledTransportAction<ResolveInterestRequest, ResolveInterestResponse> {
    public static final String NAME = "indices:data/read/interest/resolve";
    /**
     * Costs one read of the tracker and one of the profile; both see the latest write.
     */
    public static final ActionType<ResolveInterestResponse> TYPE = new ActionType<>(NAME, ResolveInterestResponse::new);

    private static final Logger logger = LogManager.getLogger(TransportResolveInterestAction.class);

    /** Longer than any successful read by id takes. */
    private static final TimeValue DEADLINE = TimeValue.timeValueSeconds(5);

    private final TrackerStore trackers;
    private final ProfileStore profiles;
    private final InterestFunctions interests;
    private final Clock clock;
    private final SearchCounts counts;
    private final ItemMapping mapping;
    private final PageSnapshots pages;
    private final BoostLookup boosts;
    private final TransportService transport;
    private final ClusterService clusterService;

    @Inject
    public TransportResolveInterestAction(
        TransportService transportService, ActionFilters filters, TrackerStore trackers, ProfileStore profiles,
        InterestFunctions interests, Clock clock, SearchCounts counts, ItemMapping mapping, PageSnapshots pages,
        BoostLookup boosts, ClusterService clusterService
    ) {
        super(NAME, transportService, filters, ResolveInterestRequest::new);
        this.trackers = trackers;
        this.profiles = profiles;
        this.interests = interests;
        this.clock = clock;
        this.counts = counts;
        this.mapping = mapping;
        this.pages = pages;
        this.boosts = boosts;
        this.transport = transportService;
        this.clusterService = clusterService;
    }

    @Override
    protected void doExecute(
        Task task, ResolveInterestRequest request, ActionListener<ResolveInterestResponse> listener
    ) {
        long start = System.nanoTime();
        UserId user = request.user() == null ? null : new UserId(request.user());
        trackers.get(request.tracker(), ActionListener.wrap(tracker -> {
            if (user == null) {
                listener.onResponse(
                    new ResolveInterestResponse(ResolvedInterest.unknownUser(tracker.items().vectorField()))
                );
            } else if (request.mayForward()) {
                resolveAtWriter(tracker, user, request, listener);
            } else {
                resolve(tracker, user, request, request.page(), start, listener);
            }
        }, e -> {
            // an unknown tracker is the caller's mistake; one that cannot be read is ours
            if (e instanceof ResourceNotFoundException) {
                listener.onFailure(e);
            } else {
                logger.warn("tracker [" + request.tracker() + "] cannot be read, its users get a plain search", e);
                if (user != null) {
                    counts.resolved(Outcome.DEGRADED, System.nanoTime() - start);
                }
                listener.onResponse(new ResolveInterestResponse(ResolvedInterest.unknownUser("")));
            }
        }));
    }

    /**
     * Resolves the interests on the node that writes the profile, which caches those of first pages. If that node does
     * not answer, they are resolved here, and the page uses the current interests.
     */
    private void resolveAtWriter(
        Tracker tracker, UserId user, ResolveInterestRequest request, ActionListener<ResolveInterestResponse> listener
    ) {
        long start = System.nanoTime();
        String index = InterestIndex.profiles(tracker.name());
        ClusterState state = clusterService.state();
        DiscoveryNode writer = state.metadata().hasIndex(index)
            ? new PrimaryLocator(clusterService).of(state, index, ProfileId.of(tracker, user))
            : clusterService.localNode();
        if (writer.equals(clusterService.localNode())) {
            resolve(tracker, user, request, request.page(), start, listener);
            return;
        }
        ActionListener<ResolveInterestResponse> orLocally = ActionListener.wrap(listener::onResponse, e -> {
            logger.debug("the node that writes a profile does not answer", e);
            resolve(tracker, user, request, null, start, listener);
        });
        TransportRequestOptions options = TransportRequestOptions.builder().withTimeout(DEADLINE).build();
        transport.sendRequest(
            writer, actionName, request.forwarded(), options,
            new ActionListenerResponseHandler<>(orLocally, ResolveInterestResponse::new)
        );
    }

    private void resolve(
        Tracker tracker, UserId user, ResolveInterestRequest request, ResultPage page, long start,
        ActionListener<ResolveInterestResponse> listener
    ) {
        String field = tracker.items().vectorField();
        VariantAssignment assigned = tracker.experiment() == null ? null
            : VariantAssignment.of(tracker.experiment(), ProfileId.of(tracker, user));
        profiles.get(tracker, user, ActionListener.wrap(profile -> {
            // a user without a profile takes part in the experiment, a user who opted out does not
            VariantAssignment assignment = profile.isEmpty() || profile.get().consent().optOut() == false ? assigned
                : null;
            Optional<Personal> personal = profile.flatMap(known -> personal(tracker, known));
            if (personal.isPresent() && fits(tracker, personal.get().function()) == false) {
                logger
                    .debug("the item vectors of tracker [{}] have another dimension than its profiles", tracker.name());
                counts.resolved(Outcome.DEGRADED, System.nanoTime() - start);
                listener.onResponse(new ResolveInterestResponse(ResolvedInterest.unknownUser(field), assignment));
                return;
            }
            if (personal.isEmpty()) {
                // no snapshot: a user who was forgotten or opted out is unknown on the following pages, too
                counts.resolved(Outcome.PLAIN, System.nanoTime() - start);
                listener.onResponse(new ResolveInterestResponse(ResolvedInterest.unknownUser(field), assignment));
                return;
            }
            long at = InterestFunctions.searchTime(profile.get(), clock.millis());
            boosts.of(tracker, user, profile.get(), request.weights(tracker), at, ActionListener.wrap(itemBoosts -> {
                counts.resolved(Outcome.PERSONAL, System.nanoTime() - start);
                ResolvedInterest now = new ResolvedInterest(
                    field, personal.get().function().with(itemBoosts), personal.get().topics()
                );
                if (page != null) {
                    long deletedUntil = profile.get().consent().deletedUntil();
                    now = pages.seenBy(
                        page, new PageSnapshots.Key(ProfileId.of(tracker, user), deletedUntil, page.search()), now
                    );
                }
                listener.onResponse(new ResolveInterestResponse(now, assignment));
            }, listener::onFailure));
        }, e -> {
            logger
                .warn("a profile of tracker [" + tracker.name() + "] cannot be read, its user gets a plain search", e);
            counts.resolved(Outcome.DEGRADED, System.nanoTime() - start);
            listener.onResponse(new ResolveInterestResponse(ResolvedInterest.unknownUser(field), assigned));
        }));
    }

    private Optional<Personal> personal(Tracker tracker, Profile profile) {
        return interests.personal(tracker, profile, InterestFunctions.searchTime(profile, clock.millis()));
    }

    /**
     * Returns false if the items' index was recreated with another dimension, which must not fail its users' searches.
     */
    private boolean fits(Tracker tracker, InterestFunction function) {
        OptionalInt dimension = mapping.dimension(tracker.items());
        return dimension.isEmpty() || dimension.getAsInt() == function.dimension();
    }
}
