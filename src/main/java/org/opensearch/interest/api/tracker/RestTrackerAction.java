package org.opensearch.interest.api.tracker;

import org.opensearch.interest.api.rest.JsonBody;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.action.RestToXContentListener;
import org.opensearch.transport.client.node.NodeClient;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import static org.opensearch.rest.RestRequest.Method.DELETE;
import static org.opensearch.rest.RestRequest.Method.GET;
import static org.opensearch.rest.RestRequest.Method.PUT;

public final class RestTrackerAction extends BaseRestHandler {
    private static final String ALL = "/_plugins/_interest/trackers";
    private static final String ONE = ALL + "/{tracker}";

    @Override
    public String getName() {
        return "interest_tracker";
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(GET, ALL), new Route(GET, ONE), new Route(PUT, ONE), new Route(DELETE, ONE));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) throws IOException {
        String name = request.param("tracker");
        return switch (request.method()) {
            case PUT -> {
                TrackerRequest put = new TrackerRequest(name, body(request));
                yield channel -> client
                    .execute(TransportPutTrackerAction.TYPE, put, new RestToXContentListener<>(channel));
            }
            case DELETE -> channel -> client.execute(
                TransportDeleteTrackerAction.TYPE, new TrackerRequest(name, Map.of()),
                new RestToXContentListener<>(channel)
            );
            default -> channel -> client.execute(
                TransportGetTrackersAction.TYPE, new TrackerRequest(name, Map.of()),
                new RestToXContentListener<>(channel)
            );
        };
    }

    private static Map<String, Object> body(RestRequest request) throws IOException {
        if (request.hasContent() == false) {
            throw new IllegalArgumentException("[interest] a tracker needs a body with at least [items]");
        }
        return JsonBody.object("the body", request);
    }
}
