package org.opensearch.interest.api.user;

import org.opensearch.interest.api.feature.UserRequest;
import org.opensearch.interest.api.rest.BooleanParams;
import org.opensearch.interest.api.rest.JsonBody;
import org.opensearch.interest.api.rest.UnloggedErrorResponse;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.action.RestToXContentListener;
import org.opensearch.transport.client.node.NodeClient;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import static org.opensearch.rest.RestRequest.Method.DELETE;
import static org.opensearch.rest.RestRequest.Method.GET;
import static org.opensearch.rest.RestRequest.Method.POST;
import static org.opensearch.rest.RestRequest.Method.PUT;

/** REST handler of a user's profile: read, declare and opt out, delete, merge. */
public final class RestUserAction extends BaseRestHandler {
    static final String USER = "/_plugins/_interest/trackers/{tracker}/users/{user}";

    @Override
    public String getName() {
        return "interest_user";
    }

    @Override
    public List<Route> routes() {
        return List
            .of(new Route(GET, USER), new Route(PUT, USER), new Route(DELETE, USER), new Route(POST, USER + "/_merge"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) throws IOException {
        String tracker = request.param("tracker");
        String user = request.param("user");
        return switch (request.method()) {
            case PUT -> {
                UserRequest put = new UserRequest(tracker, user, body(request, "[interests] or [opt_out]"));
                yield channel -> client.execute(
                    TransportPutUserAction.TYPE, put,
                    UnloggedErrorResponse.of(channel, new RestToXContentListener<>(channel))
                );
            }
            case DELETE -> {
                UserRequest forget = new UserRequest(tracker, user, Map.of());
                yield channel -> client.execute(
                    TransportForgetUserAction.TYPE, forget,
                    UnloggedErrorResponse.of(channel, new RestToXContentListener<>(channel))
                );
            }
            case POST -> {
                UserRequest merge = new UserRequest(
                    tracker, user, body(request, "[from], the user that becomes part of this one")
                );
                yield channel -> client.execute(
                    TransportMergeUserAction.TYPE, merge,
                    UnloggedErrorResponse.of(channel, new RestToXContentListener<>(channel))
                );
            }
            default -> {
                boolean vectors = BooleanParams.read(request, "vectors", false);
                boolean explain = BooleanParams.read(request, "explain", false);
                GetUserRequest get = new GetUserRequest(tracker, user, vectors, explain, request.param("at"));
                yield channel -> client.execute(
                    TransportGetUserAction.TYPE, get,
                    UnloggedErrorResponse.of(channel, new RestToXContentListener<>(channel))
                );
            }
        };
    }

    private static Map<String, Object> body(RestRequest request, String needed) throws IOException {
        if (request.hasContent() == false) {
            throw new IllegalArgumentException("[interest] the request needs a body with " + needed);
        }
        return JsonBody.object("the body", request);
    }
}
