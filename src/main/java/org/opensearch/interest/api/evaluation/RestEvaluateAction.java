package org.opensearch.interest.api.evaluation;

import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.interest.api.rest.BooleanParams;
import org.opensearch.interest.api.rest.JsonBody;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.BytesRestResponse;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.action.RestToXContentListener;
import org.opensearch.tasks.LoggingTaskListener;
import org.opensearch.tasks.Task;
import org.opensearch.transport.client.node.NodeClient;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import static org.opensearch.rest.RestRequest.Method.POST;

public final class RestEvaluateAction extends BaseRestHandler {
    @Override
    public String getName() {
        return "interest_evaluate";
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(POST, "/_plugins/_interest/trackers/{tracker}/_evaluate"));
    }

    /** Waits for the result, or returns the id of the task, as in other APIs of OpenSearch. */
    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) throws IOException {
        boolean wait = BooleanParams.read(request, "wait_for_completion", true);
        Map<String, Object> body = request.hasContent() ? JsonBody.object("the body", request) : Map.of();
        EvaluateRequest evaluate = new EvaluateRequest(
            request.param("tracker"), body, BooleanParams.read(request, "apply", false), wait == false
        );
        if (wait) {
            return channel -> client
                .execute(TransportEvaluateAction.TYPE, evaluate, new RestToXContentListener<>(channel));
        }
        // errors of the body are reported at once, so that the client need not look for them in the task
        EvaluateOptions.read(body);
        return channel -> {
            Task task = client.executeLocally(TransportEvaluateAction.TYPE, evaluate, LoggingTaskListener.instance());
            try (XContentBuilder builder = channel.newBuilder()) {
                builder.startObject().field("task", client.getLocalNodeId() + ":" + task.getId()).endObject();
                channel.sendResponse(new BytesRestResponse(RestStatus.OK, builder));
            }
        };
    }
}
