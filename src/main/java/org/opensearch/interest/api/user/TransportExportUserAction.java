package org.opensearch.interest.api.user;

import org.opensearch.ResourceNotFoundException;
import org.opensearch.action.ActionType;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.api.feature.UserRequest;
import org.opensearch.interest.cluster.history.EventHistory;
import org.opensearch.interest.cluster.store.ProfileStore;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.interest.core.profile.HistoryEvent;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.UserId;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Exports all data of a user: the profile and the latest {@link EventHistory#PAGE} of the user's events in the history.
 */
public final class TransportExportUserAction extends HandledTransportAction<UserRequest, GetUserResponse> {
    public static final String NAME = "indices:data/read/interest/user/export";
    /** Returns all stored data of a user. */
    public static final ActionType<GetUserResponse> TYPE = new ActionType<>(NAME, GetUserResponse::new);

    private final TrackerStore trackers;
    private final ProfileStore profiles;
    private final EventHistory history;
    private final Clock clock;

    @Inject
    public TransportExportUserAction(
        TransportService transportService, ActionFilters filters, TrackerStore trackers, ProfileStore profiles,
        EventHistory history, Clock clock
    ) {
        super(NAME, transportService, filters, UserRequest::new);
        this.trackers = trackers;
        this.profiles = profiles;
        this.history = history;
        this.clock = clock;
    }

    @Override
    protected void doExecute(Task task, UserRequest request, ActionListener<GetUserResponse> listener) {
        UserId user = new UserId(request.user);
        trackers.get(
            request.tracker, ActionListener.wrap(tracker -> profiles.get(tracker, user, ActionListener.wrap(found -> {
                history.refresh(tracker, ActionListener.wrap(refreshed -> {
                    history.ofUser(
                        tracker, user, 0, Long.MAX_VALUE, EventHistory.PAGE, ActionListener.map(listener, events -> {
                            return new GetUserResponse(export(tracker, request, found, events));
                        })
                    );
                }, listener::onFailure));
            }, listener::onFailure)), listener::onFailure)
        );
    }

    /** Builds the export. A user with impressions alone has no profile, but has events in the history. */
    private Map<String, Object> export(
        Tracker tracker, UserRequest request, Optional<Profile> found, List<HistoryEvent> events
    ) {
        Optional<Profile> known = found.filter(profile -> profile.isUnknown() == false);
        if (known.isEmpty() && events.isEmpty()) {
            throw new ResourceNotFoundException(
                "[interest] nothing is held about [user] [{}] in tracker [{}]", request.user, request.tracker
            );
        }
        Profile profile = known.or(() -> found).orElseGet(() -> Profile.empty(tracker.halfLives()));
        long at = Math.max(clock.millis(), profile.lastEvent());
        Map<String, Object> export = ProfileExport.of(tracker, request.user, profile, at);
        export.put("history", events.stream().map(EventExport::of).toList());
        return export;
    }
}
