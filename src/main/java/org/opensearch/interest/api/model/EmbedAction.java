package org.opensearch.interest.api.model;

import org.opensearch.action.ActionType;

/** Texts to vectors, by a model of the node that is asked. */
public final class EmbedAction extends ActionType<EmbedResponse> {
    public static final String NAME = "indices:data/read/interest/embed";
    public static final EmbedAction INSTANCE = new EmbedAction();

    private EmbedAction() {
        super(NAME, EmbedResponse::new);
    }
}
