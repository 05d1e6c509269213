package org.opensearch.interest.cluster.profiles;

import org.opensearch.action.ActionType;

/** Applies changes to profiles, on the node that holds them. */
public final class RecordAction extends ActionType<RecordResponse> {
    public static final String NAME = "indices:data/write/interest/record";
    public static final RecordAction INSTANCE = new RecordAction();

    private RecordAction() {
        super(NAME, RecordResponse::new);
    }
}
