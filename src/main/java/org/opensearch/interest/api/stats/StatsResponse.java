package org.opensearch.interest.api.stats;

import org.opensearch.action.FailedNodeException;
import org.opensearch.action.support.nodes.BaseNodesResponse;
import org.opensearch.cluster.ClusterName;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.ToXContentFragment;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.interest.cluster.store.ProfileTotals;

import java.io.IOException;
import java.util.List;

/**
 * Counts of each node, and the number and size of the profiles of the whole cluster, written as the fields of an object
 * that the REST action opens and closes.
 */
public final class StatsResponse extends BaseNodesResponse<NodeStats> implements ToXContentFragment {
    private final ProfileTotals profiles;

    /** @param profiles null if they could not be read */
    StatsResponse(
        ClusterName cluster, List<NodeStats> nodes, List<FailedNodeException> failures, ProfileTotals profiles
    ) {
        super(cluster, nodes, failures);
        this.profiles = profiles;
    }

    StatsResponse(StreamInput in) throws IOException {
        super(in);
        profiles = in.readOptionalWriteable(ProfileTotals::readFrom);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeOptionalWriteable(profiles);
    }

    @Override
    protected List<NodeStats> readNodesFrom(StreamInput in) throws IOException {
        return in.readList(NodeStats::new);
    }

    @Override
    protected void writeNodesTo(StreamOutput out, List<NodeStats> nodes) throws IOException {
        out.writeList(nodes);
    }

    StatsResponse with(ProfileTotals totals) {
        return new StatsResponse(getClusterName(), getNodes(), failures(), totals);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        if (profiles != null) {
            builder.startObject("profiles")
                .field("count", profiles.count())
                .field("bytes", profiles.bytes())
                .endObject();
        }
        builder.startObject("nodes");
        for (NodeStats node : getNodes()) {
            builder.startObject(node.getNode().getId());
            node.toXContent(builder, params).endObject();
        }
        return builder.endObject();
    }
}
