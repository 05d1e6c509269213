package org.opensearch.interest.api.recommend;

import org.opensearch.interest.api.feature.UserRequest;
import org.opensearch.interest.api.rest.JsonBody;
import org.opensearch.interest.api.rest.UnloggedErrorResponse;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.action.RestStatusToXContentListener;
import org.opensearch.rest.action.search.RestSearchAction;
import org.opensearch.transport.client.node.NodeClient;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.opensearch.rest.RestRequest.Method.POST;

public final class RestRecommendAction extends BaseRestHandler {
    @Override
    public String getName() {
        return "interest_recommend";
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(POST, "/_plugins/_interest/trackers/{tracker}/users/{user}/_recommend"));
    }

    /** Accepts the parameters for the format of the response that every search accepts. */
    @Override
    protected Set<String> responseParams() {
        return Set.of(RestSearchAction.TYPED_KEYS_PARAM, RestSearchAction.TOTAL_HITS_AS_INT_PARAM);
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) throws IOException {
        Map<String, Object> body = request.hasContent() ? JsonBody.object("recommend request", request) : Map.of();
        UserRequest recommend = new UserRequest(request.param("tracker"), request.param("user"), body);
        return channel -> client.execute(
            TransportRecommendAction.TYPE, recommend,
            UnloggedErrorResponse.of(channel, new RestStatusToXContentListener<>(channel))
        );
    }
}
