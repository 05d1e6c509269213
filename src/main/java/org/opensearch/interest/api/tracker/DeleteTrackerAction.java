package org.opensearch.interest.api.tracker;

import org.opensearch.action.ActionType;
import org.opensearch.action.support.clustermanager.AcknowledgedResponse;

public final class DeleteTrackerAction extends ActionType<AcknowledgedResponse> {
    public static final String NAME = "cluster:admin/opensearch/interest/tracker/delete";
    public static final DeleteTrackerAction INSTANCE = new DeleteTrackerAction();

    private DeleteTrackerAction() {
        super(NAME, AcknowledgedResponse::new);
    }
}
