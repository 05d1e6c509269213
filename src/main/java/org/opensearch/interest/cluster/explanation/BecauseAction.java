package org.opensearch.interest.cluster.explanation;

import org.opensearch.action.ActionType;

/** Why some items interest a user. A right of its own: it tells what the user did. */
public final class BecauseAction extends ActionType<BecauseResponse> {
    public static final String NAME = "indices:data/read/interest/because";
    public static final BecauseAction INSTANCE = new BecauseAction();

    private BecauseAction() {
        super(NAME, BecauseResponse::new);
    }
}
