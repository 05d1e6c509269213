package org.opensearch.interest.api.stats;

import org.opensearch.core.common.Strings;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.action.RestActions.NodesResponseRestListener;
import org.opensearch.transport.client.node.NodeClient;

import java.util.List;

import static org.opensearch.rest.RestRequest.Method.GET;

public final class RestStatsAction extends BaseRestHandler {
    @Override
    public String getName() {
        return "interest_stats";
    }

    @Override
    public List<Route> routes() {
        return List
            .of(new Route(GET, "/_plugins/_interest/stats"), new Route(GET, "/_plugins/_interest/{node_id}/stats"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
        StatsRequest stats = new StatsRequest(Strings.splitStringByCommaToArray(request.param("node_id")));
        stats.timeout(request.param("timeout"));
        return channel -> client.execute(TransportStatsAction.TYPE, stats, new NodesResponseRestListener<>(channel));
    }

    @Override
    public boolean canTripCircuitBreaker() {
        // administrators need the stats most when a node is short of memory
        return false;
    }
}
