package org.opensearch.interest.search.query;

import org.opensearch.action.ActionRequest;
import org.opensearch.cluster.metadata.IndexNameExpressionResolver;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.NamedWriteableRegistry;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.env.Environment;
import org.opensearch.env.NodeEnvironment;
import org.opensearch.interest.InterestPlugin;
import org.opensearch.interest.cluster.resolve.TransportResolveInterestAction;
import org.opensearch.repositories.RepositoriesService;
import org.opensearch.script.ScriptService;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.client.Client;
import org.opensearch.watcher.ResourceWatcherService;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** The plugin with users set by a test in place of tracked ones. */
public class ProfilesInMemoryPlugin extends InterestPlugin {
    @Override
    public Collection<Object> createComponents(
        Client client, ClusterService clusterService, ThreadPool threadPool,
        ResourceWatcherService resourceWatcherService, ScriptService scriptService,
        NamedXContentRegistry xContentRegistry, Environment environment, NodeEnvironment nodeEnvironment,
        NamedWriteableRegistry namedWriteableRegistry, IndexNameExpressionResolver indexNameExpressionResolver,
        Supplier<RepositoriesService> repositoriesServiceSupplier
    ) {
        List<Object> components = new ArrayList<>(
            super.createComponents(
                client, clusterService, threadPool, resourceWatcherService, scriptService, xContentRegistry,
                environment, nodeEnvironment, namedWriteableRegistry, indexNameExpressionResolver,
                repositoriesServiceSupplier
            )
        );
        components.add(new ProfilesInMemory());
        return components;
    }

    @Override
    public List<ActionHandler<? extends ActionRequest, ? extends ActionResponse>> getActions() {
        List<ActionHandler<? extends ActionRequest, ? extends ActionResponse>> actions = new ArrayList<>(
            super.getActions()
        );
        actions.removeIf(action -> TransportResolveInterestAction.NAME.equals(action.getAction().name()));
        actions.add(new ActionHandler<>(TransportResolveInterestAction.TYPE, ProfilesInMemory.ResolveAction.class));
        return actions;
    }
}
