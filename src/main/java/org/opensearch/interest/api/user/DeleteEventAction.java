package org.opensearch.interest.api.user;

import org.opensearch.action.ActionType;
import org.opensearch.action.support.clustermanager.AcknowledgedResponse;

/** One of a person's events never happened. */
public final class DeleteEventAction extends ActionType<AcknowledgedResponse> {
    public static final String NAME = "indices:data/write/interest/strike";
    public static final DeleteEventAction INSTANCE = new DeleteEventAction();

    private DeleteEventAction() {
        super(NAME, AcknowledgedResponse::new);
    }
}
