package org.opensearch.interest.api.user;

import org.opensearch.interest.api.feature.UserRequest;
import org.opensearch.interest.api.rest.UnloggedErrorResponse;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.action.RestToXContentListener;
import org.opensearch.transport.client.node.NodeClient;

import java.util.List;
import java.util.Map;

import static org.opensearch.rest.RestRequest.Method.GET;

public final class RestExportUserAction extends BaseRestHandler {
    @Override
    public String getName() {
        return "interest_export_user";
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(GET, RestUserAction.USER + "/_export"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
        UserRequest export = new UserRequest(request.param("tracker"), request.param("user"), Map.of());
        return channel -> client.execute(
            TransportExportUserAction.TYPE, export,
            UnloggedErrorResponse.of(channel, new RestToXContentListener<>(channel))
        );
    }
}
