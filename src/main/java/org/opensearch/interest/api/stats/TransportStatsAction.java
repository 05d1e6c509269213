package org.opensearch.interest.api.stats;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.action.ActionType;
import org.opensearch.action.FailedNodeException;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.nodes.TransportNodesAction;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.interest.cluster.store.ProfileTotals;
import org.opensearch.interest.core.embedding.EmbeddingScheduler;
import org.opensearch.interest.core.embedding.InferenceCounts;
import org.opensearch.interest.core.tracking.EventCounts;
import org.opensearch.interest.core.tracking.HistoryCounts;
import org.opensearch.interest.core.tracking.PipelineCounts;
import org.opensearch.interest.core.tracking.SearchCounts;
import org.opensearch.interest.engine.inference.ModelRegistry;
import org.opensearch.interest.engine.inference.NodeEmbeddingCache;
import org.opensearch.tasks.Task;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.TransportService;

import java.io.IOException;
import java.util.List;

/** Reads the counts of every node, and once the size of the profile indices. */
public final class TransportStatsAction
    extends
        TransportNodesAction<StatsRequest, StatsResponse, StatsRequest.OfNode, NodeStats> {
    public static final String NAME = "cluster:admin/opensearch/interest/stats/get";
    /** Returns the counts of the nodes since they started. */
    public static final ActionType<StatsResponse> TYPE = new ActionType<>(NAME, StatsResponse::new);

    private static final Logger logger = LogManager.getLogger(TransportStatsAction.class);

    private final EmbeddingScheduler scheduler;
    private final InferenceCounts inference;
    private final NodeEmbeddingCache cache;
    private final ModelRegistry models;
    private final EventCounts events;
    private final SearchCounts search;
    private final HistoryCounts history;
    private final PipelineCounts pipelines;
    private final ProfileTotals.Source profiles;

    @Inject
    public TransportStatsAction(
        ThreadPool threadPool, ClusterService clusterService, TransportService transport, ActionFilters filters,
        EmbeddingScheduler scheduler, InferenceCounts inference, NodeEmbeddingCache cache, ModelRegistry models,
        EventCounts events, SearchCounts search, HistoryCounts history, PipelineCounts pipelines,
        ProfileTotals.Source profiles
    ) {
        super(
            NAME, threadPool, clusterService, transport, filters, StatsRequest::new, StatsRequest.OfNode::new,
            ThreadPool.Names.MANAGEMENT, NodeStats.class
        );
        this.scheduler = scheduler;
        this.inference = inference;
        this.cache = cache;
        this.models = models;
        this.events = events;
        this.search = search;
        this.history = history;
        this.pipelines = pipelines;
        this.profiles = profiles;
    }

    @Override
    protected void doExecute(Task task, StatsRequest request, ActionListener<StatsResponse> listener) {
        super.doExecute(task, request, ActionListener.wrap(nodes -> {
            profiles.read(ActionListener.wrap(totals -> listener.onResponse(nodes.with(totals)), e -> {
                // the nodes' counts are valid without the sizes
                logger.debug("cannot read the sizes of the profile indices", e);
                listener.onResponse(nodes);
            }));
        }, listener::onFailure));
    }

    @Override
    protected StatsResponse newResponse(
        StatsRequest request, List<NodeStats> nodes, List<FailedNodeException> failures
    ) {
        return new StatsResponse(clusterService.getClusterName(), nodes, failures, null);
    }

    @Override
    protected StatsRequest.OfNode newNodeRequest(StatsRequest request) {
        return new StatsRequest.OfNode();
    }

    @Override
    protected NodeStats newNodeResponse(StreamInput in) throws IOException {
        return new NodeStats(in);
    }

    @Override
    protected NodeStats nodeOperation(StatsRequest.OfNode request) {
        return new NodeStats(
            clusterService.localNode(), inference.read(), scheduler.waiting(), cache.read(), device(), events.read(),
            search.read(), history.read(), pipelines.read()
        );
    }

    /** Returns the GPU if any model runs on one, else "cpu". */
    private String device() {
        return models.infos()
            .stream()
            .flatMap(model -> model.device().stream())
            .filter(device -> device.equals("cpu") == false)
            .findFirst()
            .orElse("cpu");
    }
}
