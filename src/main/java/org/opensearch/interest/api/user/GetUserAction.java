package org.opensearch.interest.api.user;

import org.opensearch.action.ActionType;

public final class GetUserAction extends ActionType<GetUserResponse> {
    public static final String NAME = "indices:data/read/interest/user/get";
    public static final GetUserAction INSTANCE = new GetUserAction();

    private GetUserAction() {
        super(NAME, GetUserResponse::new);
    }
}
