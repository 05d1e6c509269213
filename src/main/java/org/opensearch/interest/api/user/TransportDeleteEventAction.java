package org.opensearch.interest.api.user;

import org.opensearch.ExceptionsHelper;
import org.opensearch.ResourceNotFoundException;
import org.opensearch.action.ActionType;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.action.support.clustermanager.AcknowledgedResponse;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.index.IndexNotFoundException;
import org.opensearch.interest.api.feature.UserRequest;
import org.opensearch.interest.cluster.profiles.ProfileRecorder;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.interest.core.json.JsonObjectReader;
import org.opensearch.interest.core.profile.EventIds;
import org.opensearch.interest.core.profile.HistoryEvent;
import org.opensearch.interest.core.profile.ProfileChange;
import org.opensearch.interest.core.tracking.UserId;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;

import java.util.List;

/**
 * Deletes one event from a profile and from the history. Its id becomes free: an event sent again under that id counts
 * again.
 */
public final class TransportDeleteEventAction extends HandledTransportAction<UserRequest, AcknowledgedResponse> {
    public static final String NAME = "indices:data/write/interest/strike";
    /** Deletes one of a user's events as if it had never happened. */
    public static final ActionType<AcknowledgedResponse> TYPE = new ActionType<>(NAME, AcknowledgedResponse::new);

    private final TrackerStore trackers;
    private final ProfileRecorder recorder;

    @Inject
    public TransportDeleteEventAction(
        TransportService transportService, ActionFilters filters, TrackerStore trackers, ProfileRecorder recorder
    ) {
        super(NAME, transportService, filters, UserRequest::new);
        this.trackers = trackers;
        this.recorder = recorder;
    }

    @Override
    protected void doExecute(Task task, UserRequest request, ActionListener<AcknowledgedResponse> listener) {
        UserId user = new UserId(request.user);
        String id = UserId.of("id", new JsonObjectReader("event", request.body).requiredString("id")).value();
        trackers.get(request.tracker, ActionListener.wrap(tracker -> {
            if (tracker.history().enabled() == false) {
                throw new IllegalArgumentException(
                    "[interest] [history] of tracker [" + request.tracker
                        + "] must be enabled to delete single events, but is not: none is kept"
                );
            }
            ProfileChange deletion = new ProfileChange.DeleteEvent(HistoryEvent.key(EventIds.fingerprint(id)));
            recorder.change(
                tracker, user, List.of(deletion),
                ActionListener.wrap(done -> listener.onResponse(new AcknowledgedResponse(true)), e -> {
                    Throwable cause = ExceptionsHelper.unwrapCause(e);
                    boolean unknown = cause instanceof ResourceNotFoundException
                        && cause instanceof IndexNotFoundException == false;
                    listener.onFailure(unknown ? unknown(request, id) : e);
                })
            );
        }, listener::onFailure));
    }

    private static ResourceNotFoundException unknown(UserRequest request, String id) {
        return new ResourceNotFoundException(
            "[interest] no [event] [{}] of [user] [{}] is kept in tracker [{}]", id, request.user, request.tracker
        );
    }
}
