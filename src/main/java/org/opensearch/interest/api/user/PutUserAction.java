package org.opensearch.interest.api.user;

import org.opensearch.action.ActionType;
import org.opensearch.action.support.clustermanager.AcknowledgedResponse;

/** What a person says to be interested in, and whether they are out of tracking. */
public final class PutUserAction extends ActionType<AcknowledgedResponse> {
    public static final String NAME = "indices:data/write/interest/user/put";
    public static final PutUserAction INSTANCE = new PutUserAction();

    private PutUserAction() {
        super(NAME, AcknowledgedResponse::new);
    }
}
