package org.opensearch.interest.api.user;

import org.opensearch.action.ActionType;
import org.opensearch.action.support.clustermanager.AcknowledgedResponse;

/** Makes another user's profile part of this one. */
public final class MergeUserAction extends ActionType<AcknowledgedResponse> {
    public static final String NAME = "indices:data/write/interest/user/merge";
    public static final MergeUserAction INSTANCE = new MergeUserAction();

    private MergeUserAction() {
        super(NAME, AcknowledgedResponse::new);
    }
}
