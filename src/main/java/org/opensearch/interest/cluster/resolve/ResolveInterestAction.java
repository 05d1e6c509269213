package org.opensearch.interest.cluster.resolve;

import org.opensearch.action.ActionType;

/** A user's name to what a search needs to know of them: one read of the tracker and one of the profile, both of the latest write. */
public final class ResolveInterestAction extends ActionType<ResolveInterestResponse> {
    public static final String NAME = "indices:data/read/interest/resolve";
    public static final ResolveInterestAction INSTANCE = new ResolveInterestAction();

    private ResolveInterestAction() {
        super(NAME, ResolveInterestResponse::new);
    }
}
