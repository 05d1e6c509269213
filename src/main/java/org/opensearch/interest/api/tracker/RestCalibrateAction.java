package org.opensearch.interest.api.tracker;

import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.interest.api.rest.BooleanParams;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.BytesRestResponse;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.action.RestToXContentListener;
import org.opensearch.tasks.LoggingTaskListener;
import org.opensearch.tasks.Task;
import org.opensearch.transport.client.node.NodeClient;

import java.util.List;

import static org.opensearch.rest.RestRequest.Method.POST;

public final class RestCalibrateAction extends BaseRestHandler {
    @Override
    public String getName() {
        return "interest_calibrate";
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(POST, "/_plugins/_interest/trackers/{tracker}/_calibrate"));
    }

    /** Waits for the result, or returns the id of the task, as in other APIs of OpenSearch. */
    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
        String tracker = request.param("tracker");
        if (BooleanParams.read(request, "wait_for_completion", true)) {
            CalibrateRequest calibrate = new CalibrateRequest(tracker, false);
            return channel -> client
                .execute(TransportCalibrateAction.TYPE, calibrate, new RestToXContentListener<>(channel));
        }
        CalibrateRequest calibrate = new CalibrateRequest(tracker, true);
        return channel -> {
            Task task = client.executeLocally(TransportCalibrateAction.TYPE, calibrate, LoggingTaskListener.instance());
            try (XContentBuilder builder = channel.newBuilder()) {
                builder.startObject().field("task", client.getLocalNodeId() + ":" + task.getId()).endObject();
                channel.sendResponse(new BytesRestResponse(RestStatus.OK, builder));
            }
        };
    }
}
