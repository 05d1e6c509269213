package org.opensearch.interest.api.user;

import org.opensearch.action.ActionRequest;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.interest.api.feature.Feature;
import org.opensearch.plugins.ActionPlugin.ActionHandler;
import org.opensearch.rest.RestHandler;

import java.util.List;

/** One user of a tracker. */
public final class UserFeature implements Feature {
    @Override
    public List<ActionHandler<? extends ActionRequest, ? extends ActionResponse>> actions() {
        return List.of(
            new ActionHandler<>(GetUserAction.INSTANCE, TransportGetUserAction.class),
            new ActionHandler<>(PutUserAction.INSTANCE, TransportPutUserAction.class),
            new ActionHandler<>(ForgetUserAction.INSTANCE, TransportForgetUserAction.class),
            new ActionHandler<>(DeleteEventAction.INSTANCE, TransportDeleteEventAction.class),
            new ActionHandler<>(MergeUserAction.INSTANCE, TransportMergeUserAction.class),
            new ActionHandler<>(ExportUserAction.INSTANCE, TransportExportUserAction.class)
        );
    }

    @Override
    public List<RestHandler> restHandlers() {
        return List.of(new RestUserAction(), new RestExportUserAction(), new RestDeleteEventAction());
    }
}
