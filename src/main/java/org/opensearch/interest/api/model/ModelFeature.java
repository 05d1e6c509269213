package org.opensearch.interest.api.model;

import org.opensearch.action.ActionRequest;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.interest.api.feature.Feature;
import org.opensearch.plugins.ActionPlugin.ActionHandler;
import org.opensearch.rest.RestHandler;

import java.util.List;

/** Feature: models, and the embedding of texts. */
public final class ModelFeature implements Feature {
    @Override
    public List<ActionHandler<? extends ActionRequest, ? extends ActionResponse>> actions() {
        return List.of(
            new ActionHandler<>(TransportModelsAction.Get.TYPE, TransportModelsAction.Get.class),
            new ActionHandler<>(TransportModelsAction.Reload.TYPE, TransportModelsAction.Reload.class),
            new ActionHandler<>(TransportEmbedAction.TYPE, TransportEmbedAction.class)
        );
    }

    @Override
    public List<RestHandler> restHandlers() {
        return List.of(new RestGetModelsAction(), new RestReloadModelAction(), new RestEmbedAction());
    }
}
