package org.opensearch.interest.api.model;

import org.opensearch.action.ActionType;
import org.opensearch.action.FailedNodeException;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.nodes.TransportNodesAction;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.interest.core.embedding.ModelException;
import org.opensearch.interest.engine.inference.ModelErrors;
import org.opensearch.interest.engine.inference.ModelInfo;
import org.opensearch.interest.engine.inference.ModelRegistry;
import org.opensearch.tasks.Task;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.TransportService;

import java.io.IOException;
import java.util.List;

/** Asks every node about its models, or has every node reload one. */
public abstract class TransportModelsAction
    extends
        TransportNodesAction<ModelsRequest, ModelsResponse, ModelsRequest.OfNode, NodeModels> {
    final ModelRegistry models;

    private TransportModelsAction(
        String name, ThreadPool threadPool, ClusterService clusterService, TransportService transport,
        ActionFilters filters, String executor, ModelRegistry models
    ) {
        super(
            name, threadPool, clusterService, transport, filters, ModelsRequest::new, ModelsRequest.OfNode::new,
            executor, NodeModels.class
        );
        this.models = models;
    }

    @Override
    protected ModelsResponse newResponse(
        ModelsRequest request, List<NodeModels> nodes, List<FailedNodeException> failures
    ) {
        return new ModelsResponse(clusterService.getClusterName(), nodes, failures, clusterService.localNode().getId());
    }

    @Override
    protected ModelsRequest.OfNode newNodeRequest(ModelsRequest request) {
        return new ModelsRequest.OfNode(request.modelId());
    }

    @Override
    protected NodeModels newNodeResponse(StreamInput in) throws IOException {
        return new NodeModels(in);
    }

    /** Reads the models of every node, or one of them. */
    public static final class Get extends TransportModelsAction {
        public static final String NAME = "cluster:admin/opensearch/interest/model/get";
        public static final ActionType<ModelsResponse> TYPE = new ActionType<>(NAME, ModelsResponse::new);

        @Inject
        public Get(
            ThreadPool threadPool, ClusterService clusterService, TransportService transport, ActionFilters filters,
            ModelRegistry models
        ) {
            super(NAME, threadPool, clusterService, transport, filters, ThreadPool.Names.MANAGEMENT, models);
        }

        @Override
        protected void doExecute(Task task, ModelsRequest request, ActionListener<ModelsResponse> listener) {
            if (request.modelId().isPresent() && models.ids().contains(request.modelId().get()) == false) {
                listener.onFailure(ModelErrors.asAnswer(models.problem(request.modelId().get())));
                return;
            }
            super.doExecute(task, request, listener);
        }

        @Override
        protected NodeModels nodeOperation(ModelsRequest.OfNode request) {
            List<ModelInfo> infos = models.infos();
            return NodeModels.of(
                clusterService.localNode(),
                infos.stream()
                    .filter(info -> request.modelId().isEmpty() || request.modelId().get().equals(info.modelId()))
                    .toList()
            );
        }
    }

    /** Makes every node read a model's folder again. */
    public static final class Reload extends TransportModelsAction {
        public static final String NAME = "cluster:admin/opensearch/interest/model/reload";
        public static final ActionType<ModelsResponse> TYPE = new ActionType<>(NAME, ModelsResponse::new);

        @Inject
        public Reload(
            ThreadPool threadPool, ClusterService clusterService, TransportService transport, ActionFilters filters,
            ModelRegistry models
        ) {
            super(NAME, threadPool, clusterService, transport, filters, ThreadPool.Names.GENERIC, models);
        }

        @Override
        protected NodeModels nodeOperation(ModelsRequest.OfNode request) {
            String modelId = request.modelId().orElseThrow();
            try {
                return NodeModels.of(clusterService.localNode(), List.of(models.reload(modelId)));
            } catch (ModelException e) {
                return NodeModels.failed(clusterService.localNode(), modelId, e);
            }
        }
    }
}
