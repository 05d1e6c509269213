package org.opensearch.interest.api.stats;

import org.opensearch.action.ActionRequest;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.interest.api.feature.Feature;
import org.opensearch.plugins.ActionPlugin.ActionHandler;
import org.opensearch.rest.RestHandler;

import java.util.List;

/** Feature: the nodes' counts. */
public final class StatsFeature implements Feature {
    @Override
    public List<ActionHandler<? extends ActionRequest, ? extends ActionResponse>> actions() {
        return List.of(new ActionHandler<>(TransportStatsAction.TYPE, TransportStatsAction.class));
    }

    @Override
    public List<RestHandler> restHandlers() {
        return List.of(new RestStatsAction());
    }
}
