package org.opensearch.interest.api.user;

import org.opensearch.action.ActionRequest;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.interest.api.feature.Feature;
import org.opensearch.plugins.ActionPlugin.ActionHandler;
import org.opensearch.rest.RestHandler;

import java.util.List;

/** Feature: requests about one user of a tracker. */
public final class UserFeature implements Feature {
    @Override
    public List<ActionHandler<? extends ActionRequest, ? extends ActionResponse>> actions() {
        return List.of(
            new ActionHandler<>(TransportGetUserAction.TYPE, TransportGetUserAction.class),
            new ActionHandler<>(TransportPutUserAction.TYPE, TransportPutUserAction.class),
            new ActionHandler<>(TransportForgetUserAction.TYPE, TransportForgetUserAction.class),
            new ActionHandler<>(TransportDeleteEventAction.TYPE, TransportDeleteEventAction.class),
            new ActionHandler<>(TransportMergeUserAction.TYPE, TransportMergeUserAction.class),
            new ActionHandler<>(TransportExportUserAction.TYPE, TransportExportUserAction.class)
        );
    }

    @Override
    public List<RestHandler> restHandlers() {
        return List.of(new RestUserAction(), new RestExportUserAction(), new RestDeleteEventAction());
    }
}
