package org.opensearch.interest.api.stats;

import org.opensearch.action.support.nodes.BaseNodesRequest;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.transport.TransportRequest;

import java.io.IOException;

/**
 * Request for the stats of some nodes: ids, names, addresses or filters as in all of OpenSearch's nodes APIs; none for
 * all nodes.
 */
public final class StatsRequest extends BaseNodesRequest<StatsRequest> {
    public StatsRequest(String... nodes) {
        super(nodes);
    }

    StatsRequest(StreamInput in) throws IOException {
        super(in);
    }

    /** Part of the request for one node; it is the same for every node. */
    static final class OfNode extends TransportRequest {
        OfNode() {}

        OfNode(StreamInput in) throws IOException {
            super(in);
        }
    }
}
