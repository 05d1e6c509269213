package org.opensearch.interest.api.recommend;

import org.opensearch.action.ActionRequest;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.interest.api.feature.Feature;
import org.opensearch.plugins.ActionPlugin.ActionHandler;
import org.opensearch.rest.RestHandler;

import java.util.List;

/** Feature: recommendations without a search query. */
public final class RecommendFeature implements Feature {
    @Override
    public List<ActionHandler<? extends ActionRequest, ? extends ActionResponse>> actions() {
        return List.of(new ActionHandler<>(TransportRecommendAction.TYPE, TransportRecommendAction.class));
    }

    @Override
    public List<RestHandler> restHandlers() {
        return List.of(new RestRecommendAction());
    }
}
