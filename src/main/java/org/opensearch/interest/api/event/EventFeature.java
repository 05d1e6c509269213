package org.opensearch.interest.api.event;

import org.opensearch.action.ActionRequest;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.interest.api.feature.Feature;
import org.opensearch.interest.cluster.events.TransportTrackEventsAction;
import org.opensearch.plugins.ActionPlugin.ActionHandler;
import org.opensearch.rest.RestHandler;

import java.util.List;

/** Feature: recording of events. */
public final class EventFeature implements Feature {
    @Override
    public List<ActionHandler<? extends ActionRequest, ? extends ActionResponse>> actions() {
        return List.of(new ActionHandler<>(TransportTrackEventsAction.TYPE, TransportTrackEventsAction.class));
    }

    @Override
    public List<RestHandler> restHandlers() {
        return List.of(new RestTrackEventsAction());
    }
}
