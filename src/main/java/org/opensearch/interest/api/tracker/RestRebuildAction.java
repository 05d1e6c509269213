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

public final class RestRebuildAction extends BaseRestHandler {
    @Override
    public String getName() {
        return "interest_rebuild";
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(POST, "/_plugins/_interest/trackers/{tracker}/_rebuild"));
    }

    /** Waits for the result, or returns the id of the task, as in other APIs of OpenSearch. */
    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
        boolean wait = BooleanParams.read(request, "wait_for_completion", true);
        RebuildRequest rebuild = new RebuildRequest(request.param("tracker"), wait == false);
        if (wait) {
            return channel -> client
                .execute(TransportRebuildAction.TYPE, rebuild, new RestToXContentListener<>(channel));
        }
        return channel -> {
            Task task = client.executeLocally(TransportRebuildAction.TYPE, rebuild, LoggingTaskListener.instance());
            try (XContentBuilder builder = channel.newBuilder()) {
                builder.startObject().field("task", client.getLocalNodeId() + ":" + task.getId()).endObject();
                channel.sendResponse(new BytesRestResponse(RestStatus.OK, builder));
            }
        };
    }
}
