package org.opensearch.interest.api.model;

import org.opensearch.OpenSearchStatusException;
import org.opensearch.ResourceNotFoundException;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.BytesRestResponse;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.RestResponse;
import org.opensearch.rest.action.RestActions;
import org.opensearch.rest.action.RestBuilderListener;
import org.opensearch.transport.client.node.NodeClient;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.opensearch.rest.RestRequest.Method.POST;

/**
 * Reloads a model and returns the result of every node. If no node could load it, returns the failure of a node that
 * has it (400, 503), or 404 if no node has it.
 */
public final class RestReloadModelAction extends BaseRestHandler {
    @Override
    public String getName() {
        return "interest_reload_model";
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(POST, "/_plugins/_interest/models/{model_id}/_reload"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
        String modelId = request.param("model_id");
        ModelsRequest reload = new ModelsRequest(Optional.of(modelId));
        return channel -> client.execute(TransportModelsAction.Reload.TYPE, reload, new RestBuilderListener<>(channel) {
            @Override
            public RestResponse buildResponse(ModelsResponse response, XContentBuilder builder) throws Exception {
                boolean anyLoaded = response.getNodes()
                    .stream()
                    .flatMap(node -> node.models().stream())
                    .anyMatch(model -> model.containsKey("version"));
                if (anyLoaded == false && response.getNodes().isEmpty() == false) {
                    throw failure(response.getNodes());
                }
                builder.startObject();
                RestActions.buildNodesHeader(builder, request, response);
                builder.field("model_id", modelId);
                builder.startObject("nodes");
                for (NodeModels node : response.getNodes()) {
                    Map<String, Object> model = node.models().get(0);
                    builder.startObject(node.getNode().getId()).field("name", node.getNode().getName());
                    for (String key : List.of("version", "device", "error")) {
                        if (model.containsKey(key)) {
                            builder.field(key, model.get(key));
                        }
                    }
                    builder.endObject();
                }
                builder.endObject();
                if (response.conflicts().containsKey(modelId)) {
                    builder.field("conflict", response.conflicts().get(modelId));
                }
                return new BytesRestResponse(RestStatus.OK, builder.endObject());
            }
        });
    }

    /** Prefers the error of a node that has the model: it says more than "not found". */
    private static RuntimeException failure(List<NodeModels> nodes) {
        Map<String, Object> worst = nodes.stream()
            .map(node -> node.models().get(0))
            .min(Comparator.comparing(model -> (int) model.get("status") == RestStatus.NOT_FOUND.getStatus()))
            .orElseThrow();
        String reason = (String) worst.get("error");
        return switch ((int) worst.get("status")) {
            case 404 -> new ResourceNotFoundException(reason);
            case 503 -> new OpenSearchStatusException(reason, RestStatus.SERVICE_UNAVAILABLE);
            default -> new IllegalArgumentException(reason);
        };
    }
}
