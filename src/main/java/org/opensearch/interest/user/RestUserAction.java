package org.opensearch.interest.user;

import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.action.RestToXContentListener;
import org.opensearch.transport.client.node.NodeClient;

import java.util.List;

import static org.opensearch.rest.RestRequest.Method.GET;

public final class RestUserAction extends BaseRestHandler {
    @Override
    public String getName() {
        return "interest_user";
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(GET, "/_plugins/_interest/trackers/{tracker}/users/{user}"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
        GetUserRequest get = new GetUserRequest(
            request.param("tracker"),
            request.param("user"),
            request.paramAsBoolean("vectors", false),
            request.param("at")
        );
        return channel -> client.execute(GetUserAction.INSTANCE, get, new RestToXContentListener<>(channel));
    }
}
