package org.opensearch.interest.api.model;

import org.opensearch.action.ActionType;

/** Every node reads a model's folder again. */
public final class ReloadModelAction extends ActionType<ModelsResponse> {
    public static final String NAME = "cluster:admin/opensearch/interest/model/reload";
    public static final ReloadModelAction INSTANCE = new ReloadModelAction();

    private ReloadModelAction() {
        super(NAME, ModelsResponse::new);
    }
}
