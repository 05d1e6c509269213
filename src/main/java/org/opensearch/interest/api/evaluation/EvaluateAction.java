package org.opensearch.interest.api.evaluation;

import org.opensearch.action.ActionType;

/** Replays what users did and says which way of ranking would have foreseen it best. */
public final class EvaluateAction extends ActionType<EvaluateResponse> {
    public static final String NAME = "cluster:admin/opensearch/interest/evaluation/run";
    public static final EvaluateAction INSTANCE = new EvaluateAction();
    /** The pool of its one thread. */
    public static final String POOL = "interest_evaluate";

    private EvaluateAction() {
        super(NAME, EvaluateResponse::new);
    }
}
