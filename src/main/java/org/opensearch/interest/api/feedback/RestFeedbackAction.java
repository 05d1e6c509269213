package org.opensearch.interest.api.feedback;

import org.opensearch.core.common.Strings;
import org.opensearch.interest.core.tracking.Timestamps;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.action.RestToXContentListener;
import org.opensearch.transport.client.node.NodeClient;

import java.time.DateTimeException;
import java.util.List;

import static org.opensearch.rest.RestRequest.Method.GET;

public final class RestFeedbackAction extends BaseRestHandler {
    @Override
    public String getName() {
        return "interest_feedback";
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(GET, "/_plugins/_interest/trackers/{tracker}/_feedback"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
        Long from = time(request, "from");
        String conversions = named(request, "conversions", "names of signals with commas between");
        FeedbackRequest feedback = new FeedbackRequest(
            request.param("tracker"), from == null ? 0 : from, time(request, "to"),
            named(request, "experiment", "the name of an experiment"),
            conversions == null ? null : List.of(Strings.splitStringByCommaToArray(conversions))
        );
        return channel -> client.execute(TransportFeedbackAction.TYPE, feedback, new RestToXContentListener<>(channel));
    }

    /**
     * Returns null if the parameter is absent. A parameter without any name is an error, not a request to count
     * nothing.
     */
    private static String named(RestRequest request, String name, String allowed) {
        String given = request.param(name);
        if (given != null && Strings.splitStringByCommaToArray(given).length == 0) {
            throw new IllegalArgumentException(
                "[interest] [" + name + "] must be " + allowed + ", but was [" + given + "]"
            );
        }
        return given;
    }

    /** Returns null if the parameter is absent. */
    private static Long time(RestRequest request, String name) {
        String given = request.param(name);
        if (given == null) {
            return null;
        }
        try {
            long time = Timestamps.parse(given);
            if (time >= 0) {
                return time;
            }
        } catch (DateTimeException e) {
            // the error below names the value
        }
        throw new IllegalArgumentException(
            "[interest] [" + name
                + "] must be a time as ISO 8601 or milliseconds since 1970, not before 1970, but was [" + given + "]"
        );
    }
}
