package org.opensearch.interest.api.feedback;

import org.opensearch.action.ActionRequest;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.interest.api.feature.Feature;
import org.opensearch.plugins.ActionPlugin.ActionHandler;
import org.opensearch.rest.RestHandler;

import java.util.List;

/** Feature: report on clicks and conversions of shown items. */
public final class FeedbackFeature implements Feature {
    @Override
    public List<ActionHandler<? extends ActionRequest, ? extends ActionResponse>> actions() {
        return List.of(new ActionHandler<>(TransportFeedbackAction.TYPE, TransportFeedbackAction.class));
    }

    @Override
    public List<RestHandler> restHandlers() {
        return List.of(new RestFeedbackAction());
    }
}
