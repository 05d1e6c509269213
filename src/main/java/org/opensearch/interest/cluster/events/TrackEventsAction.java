package org.opensearch.interest.cluster.events;

import org.opensearch.action.ActionType;

public final class TrackEventsAction extends ActionType<TrackEventsResponse> {
    public static final String NAME = "indices:data/write/interest/events";
    public static final TrackEventsAction INSTANCE = new TrackEventsAction();

    private TrackEventsAction() {
        super(NAME, TrackEventsResponse::new);
    }
}
