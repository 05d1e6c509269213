package org.opensearch.interest.api.stats;

import org.opensearch.action.ActionType;

/** What the nodes counted since they started. */
public final class StatsAction extends ActionType<StatsResponse> {
    public static final String NAME = "cluster:admin/opensearch/interest/stats/get";
    public static final StatsAction INSTANCE = new StatsAction();

    private StatsAction() {
        super(NAME, StatsResponse::new);
    }
}
