package org.opensearch.interest.api.user;

import org.opensearch.action.ActionType;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.action.support.clustermanager.AcknowledgedResponse;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.api.feature.UserRequest;
import org.opensearch.interest.cluster.profiles.ProfileMerger;
import org.opensearch.interest.cluster.profiles.ProfileRecorder;
import org.opensearch.interest.cluster.store.ProfileStore;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.interest.core.json.JsonObjectReader;
import org.opensearch.interest.core.tracking.UserId;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;

/** Merges another user's profile into this one. */
public final class TransportMergeUserAction extends HandledTransportAction<UserRequest, AcknowledgedResponse> {
    public static final String NAME = "indices:data/write/interest/user/merge";
    public static final ActionType<AcknowledgedResponse> TYPE = new ActionType<>(NAME, AcknowledgedResponse::new);

    private final TrackerStore trackers;
    private final ProfileMerger merge;

    @Inject
    public TransportMergeUserAction(
        TransportService transportService, ActionFilters filters, TrackerStore trackers, ProfileStore profiles,
        ProfileRecorder recorder
    ) {
        super(NAME, transportService, filters, UserRequest::new);
        this.trackers = trackers;
        this.merge = new ProfileMerger(profiles, recorder);
    }

    @Override
    protected void doExecute(Task task, UserRequest request, ActionListener<AcknowledgedResponse> listener) {
        UserId into = new UserId(request.user);
        JsonObjectReader body = new JsonObjectReader("merge", request.body);
        UserId from = UserId.of("from", body.requiredString("from"));
        body.done();
        if (from.equals(into)) {
            throw body.invalid("from", "another user than the one that it becomes part of");
        }
        trackers.get(request.tracker, ActionListener.wrap(tracker -> {
            merge.merge(tracker, from, into, ActionListener.map(listener, done -> new AcknowledgedResponse(true)));
        }, listener::onFailure));
    }
}
