package org.opensearch.interest.api.model;

import org.opensearch.common.unit.TimeValue;
import org.opensearch.interest.api.rest.JsonBody;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.action.RestToXContentListener;
import org.opensearch.transport.client.node.NodeClient;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import static org.opensearch.rest.RestRequest.Method.POST;

public final class RestEmbedAction extends BaseRestHandler {
    @Override
    public String getName() {
        return "interest_embed";
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(POST, "/_plugins/_interest/models/{model_id}/_embed"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) throws IOException {
        EmbedRequest embed = EmbedRequest.fromJson(request.param("model_id"), body(request), timeout(request));
        return channel -> client.execute(TransportEmbedAction.TYPE, embed, new RestToXContentListener<>(channel));
    }

    private static TimeValue timeout(RestRequest request) {
        TimeValue timeout = request.paramAsTime("timeout", null);
        if (timeout != null && timeout.millis() < 1) {
            throw new IllegalArgumentException(
                "[interest] [timeout] must be at least [1ms], but was [" + request.param("timeout") + "]"
            );
        }
        return timeout;
    }

    private static Map<String, Object> body(RestRequest request) throws IOException {
        if (request.hasContent() == false) {
            throw new IllegalArgumentException(
                "[interest] embed request must have a body, such as {\"texts\":[\"running shoes\"]}, but has none"
            );
        }
        return JsonBody.object("embed request", request);
    }
}
