package org.opensearch.interest.api.evaluation;

import org.opensearch.action.ActionRequest;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.NamedWriteableRegistry;
import org.opensearch.interest.api.feature.Feature;
import org.opensearch.plugins.ActionPlugin.ActionHandler;
import org.opensearch.rest.RestHandler;
import org.opensearch.tasks.Task;

import java.util.List;

/** Feature: evaluation of how well a tracker would have predicted its events. */
public final class EvaluateFeature implements Feature {
    @Override
    public List<ActionHandler<? extends ActionRequest, ? extends ActionResponse>> actions() {
        return List.of(
            new ActionHandler<>(TransportEvaluateAction.TYPE, TransportEvaluateAction.class),
            new ActionHandler<>(TransportGetEvaluationsAction.TYPE, TransportGetEvaluationsAction.class)
        );
    }

    @Override
    public List<RestHandler> restHandlers() {
        return List.of(new RestEvaluateAction(), new RestGetEvaluationsAction());
    }

    @Override
    public List<NamedWriteableRegistry.Entry> taskStatuses() {
        return List.of(new NamedWriteableRegistry.Entry(Task.Status.class, EvaluateStatus.NAME, EvaluateStatus::new));
    }
}
