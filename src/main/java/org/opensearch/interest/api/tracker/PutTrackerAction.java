package org.opensearch.interest.api.tracker;

import org.opensearch.action.ActionType;
import org.opensearch.action.support.clustermanager.AcknowledgedResponse;

public final class PutTrackerAction extends ActionType<AcknowledgedResponse> {
    public static final String NAME = "cluster:admin/opensearch/interest/tracker/put";
    public static final PutTrackerAction INSTANCE = new PutTrackerAction();

    private PutTrackerAction() {
        super(NAME, AcknowledgedResponse::new);
    }
}
