package org.opensearch.interest.api.tracker;

import org.opensearch.action.ActionType;

public final class GetTrackersAction extends ActionType<GetTrackersResponse> {
    public static final String NAME = "cluster:admin/opensearch/interest/tracker/get";
    public static final GetTrackersAction INSTANCE = new GetTrackersAction();

    private GetTrackersAction() {
        super(NAME, GetTrackersResponse::new);
    }
}
