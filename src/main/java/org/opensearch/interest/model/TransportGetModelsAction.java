package org.opensearch.interest.model;

import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.embedding.ModelException;
import org.opensearch.interest.inference.ModelErrors;
import org.opensearch.interest.inference.ModelRegistry;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;

public final class TransportGetModelsAction extends HandledTransportAction<GetModelsRequest, GetModelsResponse> {
    private final ModelRegistry models;

    @Inject
    public TransportGetModelsAction(TransportService transport, ActionFilters filters, ModelRegistry models) {
        super(GetModelsAction.NAME, transport, filters, GetModelsRequest::new);
        this.models = models;
    }

    @Override
    protected void doExecute(Task task, GetModelsRequest request, ActionListener<GetModelsResponse> listener) {
        GetModelsResponse response;
        try {
            response = request.modelId().isPresent()
                ? GetModelsResponse.one(models.info(request.modelId().get()))
                : GetModelsResponse.all(models.infos());
        } catch (ModelException e) {
            listener.onFailure(ModelErrors.asAnswer(e));
            return;
        }
        listener.onResponse(response);
    }
}
