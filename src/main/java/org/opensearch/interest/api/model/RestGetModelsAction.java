package org.opensearch.interest.api.model;

import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.BytesRestResponse;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.RestResponse;
import org.opensearch.rest.action.RestBuilderListener;
import org.opensearch.transport.client.node.NodeClient;

import java.util.List;
import java.util.Optional;

import static org.opensearch.rest.RestRequest.Method.GET;

public final class RestGetModelsAction extends BaseRestHandler {
    @Override
    public String getName() {
        return "interest_get_models";
    }

    @Override
    public List<Route> routes() {
        return List
            .of(new Route(GET, "/_plugins/_interest/models"), new Route(GET, "/_plugins/_interest/models/{model_id}"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
        Optional<String> modelId = Optional.ofNullable(request.param("model_id"));
        return channel -> client
            .execute(TransportModelsAction.Get.TYPE, new ModelsRequest(modelId), new RestBuilderListener<>(channel) {
                @Override
                public RestResponse buildResponse(ModelsResponse response, XContentBuilder builder) throws Exception {
                    if (modelId.isPresent()) {
                        builder.map(response.models().get(0));
                    } else {
                        builder.startObject().field("models", response.models()).endObject();
                    }
                    return new BytesRestResponse(RestStatus.OK, builder);
                }
            });
    }
}
