package org.opensearch.interest.user;

import org.opensearch.ResourceNotFoundException;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.profile.Profile;
import org.opensearch.interest.store.ProfileStore;
import org.opensearch.interest.store.TrackerStore;
import org.opensearch.interest.tracking.UserId;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;

import java.time.Clock;

public final class TransportExportUserAction extends HandledTransportAction<UserRequest, GetUserResponse> {
    private final TrackerStore trackers;
    private final ProfileStore profiles;
    private final Clock clock;

    @Inject
    public TransportExportUserAction(
        TransportService transportService,
        ActionFilters filters,
        TrackerStore trackers,
        ProfileStore profiles,
        Clock clock
    ) {
        super(ExportUserAction.NAME, transportService, filters, UserRequest::new);
        this.trackers = trackers;
        this.profiles = profiles;
        this.clock = clock;
    }

    @Override
    protected void doExecute(Task task, UserRequest request, ActionListener<GetUserResponse> listener) {
        UserId user = new UserId(request.user);
        trackers.get(request.tracker, ActionListener.wrap(tracker -> profiles.get(tracker, user, ActionListener.map(listener, found -> {
            Profile profile = found.filter(known -> known.isUnknown() == false)
                .orElseThrow(() -> new ResourceNotFoundException("[interest] nothing is held about [user] [{}] in tracker [{}]", request.user, request.tracker));
            long at = Math.max(clock.millis(), profile.lastEvent());
            return new GetUserResponse(ProfileExport.of(tracker, request.user, profile, at));
        })), listener::onFailure));
    }
}
