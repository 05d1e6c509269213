package org.opensearch.interest.api.user;

import org.opensearch.action.ActionType;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.api.feature.UserRequest;
import org.opensearch.interest.cluster.profiles.ProfileRecorder;
import org.opensearch.interest.cluster.store.ProfileStore;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.interest.core.profile.ProfileChange;
import org.opensearch.interest.core.tracking.UserId;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;

import java.time.Clock;
import java.util.List;

/**
 * Replaces a user's profile with a tombstone, also for users unknown so far, because their events may still arrive. The
 * tombstone holds the deletion time and the opt-out, but no vector, no word and no id. It is stored under the same hash
 * as the profile.
 */
public final class TransportForgetUserAction extends HandledTransportAction<UserRequest, ForgetUserResponse> {
    public static final String NAME = "indices:data/write/interest/user/forget";
    /** Deletes all data of a user. */
    public static final ActionType<ForgetUserResponse> TYPE = new ActionType<>(NAME, ForgetUserResponse::new);

    private final TrackerStore trackers;
    private final ProfileStore profiles;
    private final ProfileRecorder recorder;
    private final Clock clock;

    @Inject
    public TransportForgetUserAction(
        TransportService transportService, ActionFilters filters, TrackerStore trackers, ProfileStore profiles,
        ProfileRecorder recorder, Clock clock
    ) {
        super(NAME, transportService, filters, UserRequest::new);
        this.trackers = trackers;
        this.profiles = profiles;
        this.recorder = recorder;
        this.clock = clock;
    }

    @Override
    protected void doExecute(Task task, UserRequest request, ActionListener<ForgetUserResponse> listener) {
        UserId user = new UserId(request.user);
        long now = clock.millis();
        trackers.get(request.tracker, ActionListener.wrap(tracker -> {
            recorder.change(tracker, user, List.of(new ProfileChange.Forget(now)), ActionListener.wrap(forgotten -> {
                // later than now if another node's clock gave the last event a later time
                profiles.get(tracker, user, ActionListener.map(listener, tombstone -> {
                    long until = tombstone.map(profile -> profile.consent().deletedUntil()).orElse(now);
                    return new ForgetUserResponse(Math.max(now, until));
                }));
            }, listener::onFailure));
        }, listener::onFailure));
    }
}
