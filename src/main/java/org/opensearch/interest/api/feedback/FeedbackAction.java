package org.opensearch.interest.api.feedback;

import org.opensearch.action.ActionType;

/** Counts what came of what a tracker's users were shown. */
public final class FeedbackAction extends ActionType<FeedbackResponse> {
    public static final String NAME = "cluster:admin/opensearch/interest/feedback/get";
    public static final FeedbackAction INSTANCE = new FeedbackAction();

    private FeedbackAction() {
        super(NAME, FeedbackResponse::new);
    }
}
