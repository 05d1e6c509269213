package org.opensearch.interest.api.tracker;

import org.opensearch.action.ActionType;

/** Makes a tracker's profiles anew from its history. */
public final class RebuildAction extends ActionType<RebuildResponse> {
    public static final String NAME = "cluster:admin/opensearch/interest/tracker/rebuild";
    public static final RebuildAction INSTANCE = new RebuildAction();

    private RebuildAction() {
        super(NAME, RebuildResponse::new);
    }
}
