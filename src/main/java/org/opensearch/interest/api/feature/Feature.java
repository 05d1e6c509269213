package org.opensearch.interest.api.feature;

import org.opensearch.action.ActionRequest;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.NamedWriteableRegistry;
import org.opensearch.plugins.ActionPlugin.ActionHandler;
import org.opensearch.rest.RestHandler;

import java.util.List;

/** Package of REST handlers and transport actions that registers itself with a node. */
public interface Feature {
    List<ActionHandler<? extends ActionRequest, ? extends ActionResponse>> actions();

    List<RestHandler> restHandlers();

    /** Returns the serializers of the feature's task statuses. */
    default List<NamedWriteableRegistry.Entry> taskStatuses() {
        return List.of();
    }
}
