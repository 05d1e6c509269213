package org.opensearch.interest.store;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.ResourceNotFoundException;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.profile.Profile;
import org.opensearch.interest.ranking.InterestFunction;
import org.opensearch.interest.tracking.Interests;
import org.opensearch.interest.tracking.SearchCounts;
import org.opensearch.interest.tracking.SearchCounts.Outcome;
import org.opensearch.interest.tracking.Tracker;
import org.opensearch.interest.tracking.UserId;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;

import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;

/** A search never fails because of personalisation: a profile that cannot be read is the same as none, and is logged without its user. */
public final class TransportResolveInterestAction extends HandledTransportAction<ResolveInterestRequest, ResolveInterestResponse> {
    private static final Logger logger = LogManager.getLogger(TransportResolveInterestAction.class);

    private final TrackerStore trackers;
    private final ProfileStore profiles;
    private final Interests interests;
    private final Clock clock;
    private final SearchCounts counts;
    private final ItemMapping mapping;

    @Inject
    public TransportResolveInterestAction(
        TransportService transportService,
        ActionFilters filters,
        TrackerStore trackers,
        ProfileStore profiles,
        Interests interests,
        Clock clock,
        SearchCounts counts,
        ItemMapping mapping
    ) {
        super(ResolveInterestAction.NAME, transportService, filters, ResolveInterestRequest::new);
        this.trackers = trackers;
        this.profiles = profiles;
        this.interests = interests;
        this.clock = clock;
        this.counts = counts;
        this.mapping = mapping;
    }

    @Override
    protected void doExecute(Task task, ResolveInterestRequest request, ActionListener<ResolveInterestResponse> listener) {
        long start = System.nanoTime();
        UserId user = request.user() == null ? null : new UserId(request.user());
        trackers.get(request.tracker(), ActionListener.wrap(tracker -> {
            String field = tracker.items().vectorField();
            if (user == null) {
                listener.onResponse(new ResolveInterestResponse(ResolvedInterest.nobody(field)));
                return;
            }
            profiles.get(tracker, user, ActionListener.wrap(profile -> {
                InterestFunction function = profile.flatMap(known -> function(tracker, known)).orElse(null);
                if (function != null && fits(tracker, function) == false) {
                    logger.debug("the items of tracker [{}] have vectors of another dimension than its profiles", tracker.name());
                    counts.resolved(Outcome.DEGRADED, System.nanoTime() - start);
                    listener.onResponse(new ResolveInterestResponse(ResolvedInterest.nobody(field)));
                    return;
                }
                counts.resolved(function == null ? Outcome.PLAIN : Outcome.PERSONAL, System.nanoTime() - start);
                listener.onResponse(new ResolveInterestResponse(new ResolvedInterest(field, function)));
            }, e -> {
                logger.warn("a profile of tracker [" + tracker.name() + "] cannot be read, its user gets a plain search", e);
                counts.resolved(Outcome.DEGRADED, System.nanoTime() - start);
                listener.onResponse(new ResolveInterestResponse(ResolvedInterest.nobody(field)));
            }));
        }, e -> {
            // an unknown tracker is the caller's mistake; one that cannot be read is ours
            if (e instanceof ResourceNotFoundException) {
                listener.onFailure(e);
            } else {
                logger.warn("tracker [" + request.tracker() + "] cannot be read, its users get a plain search", e);
                if (user != null) {
                    counts.resolved(Outcome.DEGRADED, System.nanoTime() - start);
                }
                listener.onResponse(new ResolveInterestResponse(ResolvedInterest.nobody("")));
            }
        }));
    }

    private Optional<? extends InterestFunction> function(Tracker tracker, Profile profile) {
        return interests.function(tracker, profile, Interests.searchTime(profile, clock.millis()));
    }

    /** An items' index that was made anew with another dimension shall not fail its users' searches. */
    private boolean fits(Tracker tracker, InterestFunction function) {
        OptionalInt dimension = mapping.dimension(tracker.items());
        return dimension.isEmpty() || dimension.getAsInt() == function.dimension();
    }
}
