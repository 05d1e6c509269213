package org.opensearch.interest.api.evaluation;

import org.opensearch.core.rest.RestStatus;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.BytesRestResponse;
import org.opensearch.rest.RestChannel;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.RestResponse;
import org.opensearch.rest.action.RestResponseListener;
import org.opensearch.rest.action.RestToXContentListener;
import org.opensearch.transport.client.node.NodeClient;

import java.util.List;

import static org.opensearch.rest.RestRequest.Method.GET;

public final class RestGetEvaluationsAction extends BaseRestHandler {
    private static final String ALL = "/_plugins/_interest/trackers/{tracker}/_evaluate";
    private static final List<String> FORMATS = List.of("json", "text", "html");

    @Override
    public String getName() {
        return "interest_get_evaluations";
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(GET, ALL), new Route(GET, ALL + "/{id}"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
        GetEvaluationsRequest get = new GetEvaluationsRequest(request.param("tracker"), request.param("id"));
        String format = get.id == null ? "json" : request.param("format", "json");
        if (FORMATS.contains(format) == false) {
            throw new IllegalArgumentException(
                "[interest] [format] of a report must be one of " + FORMATS + ", but was [" + format + "]"
            );
        }
        return channel -> client.execute(
            TransportGetEvaluationsAction.TYPE, get,
            format.equals("json") ? new RestToXContentListener<>(channel) : readable(channel, format)
        );
    }

    private static RestResponseListener<GetEvaluationsResponse> readable(RestChannel channel, String format) {
        return new RestResponseListener<>(channel) {
            @Override
            public RestResponse buildResponse(GetEvaluationsResponse response) {
                boolean html = format.equals("html");
                String type = html ? "text/html; charset=UTF-8" : BytesRestResponse.TEXT_CONTENT_TYPE;
                return new BytesRestResponse(
                    RestStatus.OK, type, html ? response.report().html() : response.report().text()
                );
            }
        };
    }
}
