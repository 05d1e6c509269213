package org.opensearch.interest.model;

import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.BytesRestResponse;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.RestResponse;
import org.opensearch.rest.action.RestActions;
import org.opensearch.rest.action.RestBuilderListener;
import org.opensearch.transport.client.node.NodeClient;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.opensearch.rest.RestRequest.Method.POST;

/** Answers what became of the model on every node; 400 where no node could load it. */
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
        return channel -> client.execute(ReloadModelAction.INSTANCE, new ModelsRequest(Optional.of(modelId)), new RestBuilderListener<>(channel) {
            @Override
            public RestResponse buildResponse(ModelsResponse response, XContentBuilder builder) throws Exception {
                boolean any = response.getNodes().stream().flatMap(node -> node.models().stream()).anyMatch(model -> model.containsKey("version"));
                if (any == false && response.getNodes().isEmpty() == false) {
                    throw new IllegalArgumentException((String) response.getNodes().get(0).models().get(0).get("error"));
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
}
