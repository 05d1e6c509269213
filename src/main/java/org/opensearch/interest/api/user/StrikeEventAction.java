package org.opensearch.interest.api.user;

import org.opensearch.action.ActionType;
import org.opensearch.action.support.clustermanager.AcknowledgedResponse;

/** One of a person's events never happened. */
public final class StrikeEventAction extends ActionType<AcknowledgedResponse> {
    public static final String NAME = "indices:data/write/interest/strike";
    public static final StrikeEventAction INSTANCE = new StrikeEventAction();

    private StrikeEventAction() {
        super(NAME, AcknowledgedResponse::new);
    }
}
