package org.opensearch.interest.api.evaluation;

import org.opensearch.action.ActionType;

/** Reads the reports that are kept of a tracker. */
public final class GetEvaluationsAction extends ActionType<GetEvaluationsResponse> {
    public static final String NAME = "cluster:admin/opensearch/interest/evaluation/get";
    public static final GetEvaluationsAction INSTANCE = new GetEvaluationsAction();

    private GetEvaluationsAction() {
        super(NAME, GetEvaluationsResponse::new);
    }
}
