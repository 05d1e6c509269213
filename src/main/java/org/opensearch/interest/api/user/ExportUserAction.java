package org.opensearch.interest.api.user;

import org.opensearch.action.ActionType;

/** Everything held about a person. */
public final class ExportUserAction extends ActionType<GetUserResponse> {
    public static final String NAME = "indices:data/read/interest/user/export";
    public static final ExportUserAction INSTANCE = new ExportUserAction();

    private ExportUserAction() {
        super(NAME, GetUserResponse::new);
    }
}
