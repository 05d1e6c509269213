package org.opensearch.interest.api.model;

import org.opensearch.action.ActionType;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.core.embedding.Embedding;
import org.opensearch.interest.core.embedding.LongText;
import org.opensearch.interest.engine.inference.ModelErrors;
import org.opensearch.interest.engine.inference.NodeEmbedder;
import org.opensearch.interest.engine.inference.UnknownTokenWarnings;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Embeds texts with a model of the node that receives the request. */
public final class TransportEmbedAction extends HandledTransportAction<EmbedRequest, EmbedResponse> {
    public static final String NAME = "indices:data/read/interest/embed";
    public static final ActionType<EmbedResponse> TYPE = new ActionType<>(NAME, EmbedResponse::new);

    private final NodeEmbedder embedder;

    @Inject
    public TransportEmbedAction(TransportService transport, ActionFilters filters, NodeEmbedder embedder) {
        super(NAME, transport, filters, EmbedRequest::new);
        this.embedder = embedder;
    }

    @Override
    protected void doExecute(Task task, EmbedRequest request, ActionListener<EmbedResponse> listener) {
        long start = System.nanoTime();
        embed(request).whenComplete((embeddings, failure) -> {
            if (failure != null) {
                listener.onFailure(ModelErrors.asAnswer(failure));
            } else {
                UnknownTokenWarnings.warn(request.modelId(), embeddings);
                long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                listener.onResponse(new EmbedResponse(request.modelId(), took, embeddings));
            }
        });
    }

    private CompletableFuture<List<Embedding>> embed(EmbedRequest request) {
        return request.timeout() == null ? embedder.embed(request.modelId(), request.texts(), request.type())
            : embedder.embed(request.modelId(), request.texts(), request.type(), LongText.TRUNCATE, request.timeout());
    }
}
