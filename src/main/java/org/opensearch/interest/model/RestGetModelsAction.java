package org.opensearch.interest.model;

import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.action.RestToXContentListener;
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
        return List.of(new Route(GET, "/_plugins/_interest/models"), new Route(GET, "/_plugins/_interest/models/{model_id}"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
        GetModelsRequest models = new GetModelsRequest(Optional.ofNullable(request.param("model_id")));
        return channel -> client.execute(GetModelsAction.INSTANCE, models, new RestToXContentListener<>(channel));
    }
}
