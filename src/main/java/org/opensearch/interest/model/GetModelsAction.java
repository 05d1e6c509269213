package org.opensearch.interest.model;

import org.opensearch.action.ActionType;

/** What the node that is asked says about its models, or about one. */
public final class GetModelsAction extends ActionType<GetModelsResponse> {
    public static final String NAME = "cluster:admin/opensearch/interest/model/get";
    public static final GetModelsAction INSTANCE = new GetModelsAction();

    private GetModelsAction() {
        super(NAME, GetModelsResponse::new);
    }
}
