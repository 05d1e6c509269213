package org.opensearch.interest.api.model;

import org.opensearch.action.ActionType;

/** What the nodes say about their models, or about one. */
public final class GetModelsAction extends ActionType<ModelsResponse> {
    public static final String NAME = "cluster:admin/opensearch/interest/model/get";
    public static final GetModelsAction INSTANCE = new GetModelsAction();

    private GetModelsAction() {
        super(NAME, ModelsResponse::new);
    }
}
