package org.opensearch.interest.api.user;

import org.opensearch.action.ActionType;

/** Forgets a person. */
public final class ForgetUserAction extends ActionType<ForgetUserResponse> {
    public static final String NAME = "indices:data/write/interest/user/forget";
    public static final ForgetUserAction INSTANCE = new ForgetUserAction();

    private ForgetUserAction() {
        super(NAME, ForgetUserResponse::new);
    }
}
