package org.opensearch.interest.cluster.explanation;

import org.opensearch.action.ActionType;

/** Why some items interest a user. A right of its own: it tells what the user did. */
public final class ExplainHitsAction extends ActionType<ExplainHitsResponse> {
    public static final String NAME = "indices:data/read/interest/because";
    public static final ExplainHitsAction INSTANCE = new ExplainHitsAction();

    private ExplainHitsAction() {
        super(NAME, ExplainHitsResponse::new);
    }
}
