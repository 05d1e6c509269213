package org.opensearch.interest.cluster.store;

import org.opensearch.cluster.ClusterState;
import org.opensearch.cluster.node.DiscoveryNode;
import org.opensearch.cluster.routing.ShardRouting;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.core.index.shard.ShardId;

/** Which node a profile is at home on: the one that holds its primary shard, and writes it. */
public final class PrimaryLocator {
    private final ClusterService clusterService;

    public PrimaryLocator(ClusterService clusterService) {
        this.clusterService = clusterService;
    }

    /** This node where none holds the shard at the moment. The index must be in the state. */
    public DiscoveryNode of(ClusterState state, String index, String profileId) {
        ShardId shard = clusterService.operationRouting().shardId(state, index, profileId, null);
        ShardRouting active = state.routingTable().shardRoutingTable(shard).primaryShard();
        DiscoveryNode node = active == null || active.currentNodeId() == null ? null
            : state.nodes().get(active.currentNodeId());
        return node == null ? clusterService.localNode() : node;
    }
}
