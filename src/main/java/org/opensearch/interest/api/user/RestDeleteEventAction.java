package org.opensearch.interest.api.user;

import org.opensearch.interest.api.feature.UserRequest;
import org.opensearch.interest.api.rest.UnloggedErrorResponse;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.action.RestToXContentListener;
import org.opensearch.transport.client.node.NodeClient;

import java.util.List;
import java.util.Map;

import static org.opensearch.rest.RestRequest.Method.DELETE;

public final class RestDeleteEventAction extends BaseRestHandler {
    @Override
    public String getName() {
        return "interest_strike_event";
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(DELETE, RestUserAction.USER + "/events/{id}"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
        UserRequest deletion = new UserRequest(
            request.param("tracker"), request.param("user"), Map.of("id", request.param("id"))
        );
        return channel -> client.execute(
            TransportDeleteEventAction.TYPE, deletion,
            UnloggedErrorResponse.of(channel, new RestToXContentListener<>(channel))
        );
    }
}
