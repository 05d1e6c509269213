package org.opensearch.interest.cluster.store;

import org.opensearch.cluster.ClusterState;
import org.opensearch.cluster.node.DiscoveryNode;
import org.opensearch.cluster.routing.ShardRouting;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.core.index.shard.ShardId;

/** Finds the node that writes a profile: the one that holds its primary shard. */
public final class PrimaryLocator {
    private final ClusterService clusterService;

    public PrimaryLocator(ClusterService clusterService) {
        this.clusterService = clusterService;
    }

    /** Returns the node; this node if no node holds the shard at the moment. The index must be in the state. */
    public DiscoveryNode of(ClusterState state, String index, String profileId) {
        ShardId shard = clusterService.operationRouting().shardId(state, index, profileId, null);
        ShardRouting active = state.routingTable().shardRoutingTable(shard).primaryShard();
        DiscoveryNode node = active == null || active.currentNodeId() == null ? null
            : state.nodes().get(active.currentNodeId());
        return node == null ? clusterService.localNode() : node;
    }
}
