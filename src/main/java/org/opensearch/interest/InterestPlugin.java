package org.opensearch.interest;

import org.opensearch.action.ActionRequest;
import org.opensearch.cluster.metadata.IndexNameExpressionResolver;
import org.opensearch.cluster.node.DiscoveryNodes;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.settings.ClusterSettings;
import org.opensearch.common.settings.IndexScopedSettings;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.settings.SettingsFilter;
import org.opensearch.common.util.concurrent.OpenSearchExecutors;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.NamedWriteableRegistry;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.env.Environment;
import org.opensearch.env.NodeEnvironment;
import org.opensearch.ingest.Processor;
import org.opensearch.interest.model.EmbedAction;
import org.opensearch.interest.model.GetModelsAction;
import org.opensearch.interest.model.RestEmbedAction;
import org.opensearch.interest.model.RestGetModelsAction;
import org.opensearch.interest.model.TransportEmbedAction;
import org.opensearch.interest.model.TransportGetModelsAction;
import org.opensearch.interest.pipeline.InterestEmbeddingFactory;
import org.opensearch.plugins.ActionPlugin;
import org.opensearch.plugins.IngestPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.repositories.RepositoriesService;
import org.opensearch.rest.RestController;
import org.opensearch.rest.RestHandler;
import org.opensearch.script.ScriptService;
import org.opensearch.threadpool.ExecutorBuilder;
import org.opensearch.threadpool.FixedExecutorBuilder;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.client.Client;
import org.opensearch.watcher.ResourceWatcherService;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The table of contents: what the plugin adds to a node. */
public class InterestPlugin extends Plugin implements ActionPlugin, IngestPlugin {
    /** Tasks, not texts: the scheduler never has more of them than the pool has threads. */
    private static final int INFERENCE_TASKS = 1_000;

    /** Built when the node asks for components, which is after some of the methods below and before any request. */
    private volatile Components components;

    /** Where the plugin is installed: its models and native libraries lie there. */
    protected Path folder(Environment environment) {
        return environment.pluginsDir().resolve("interest");
    }

    @Override
    public List<ExecutorBuilder<?>> getExecutorBuilders(Settings settings) {
        int cores = OpenSearchExecutors.allocatedProcessors(settings);
        return List.of(
            new FixedExecutorBuilder(settings, Components.INFERENCE_POOL, cores, INFERENCE_TASKS, "thread_pool." + Components.INFERENCE_POOL)
        );
    }

    @Override
    public Collection<Object> createComponents(
        Client client,
        ClusterService clusterService,
        ThreadPool threadPool,
        ResourceWatcherService resourceWatcherService,
        ScriptService scriptService,
        NamedXContentRegistry xContentRegistry,
        Environment environment,
        NodeEnvironment nodeEnvironment,
        NamedWriteableRegistry namedWriteableRegistry,
        IndexNameExpressionResolver indexNameExpressionResolver,
        Supplier<RepositoriesService> repositoriesServiceSupplier
    ) {
        components = new Components(folder(environment), environment, threadPool);
        return components.injected();
    }

    @Override
    public List<ActionHandler<? extends ActionRequest, ? extends ActionResponse>> getActions() {
        return List.of(
            new ActionHandler<>(GetModelsAction.INSTANCE, TransportGetModelsAction.class),
            new ActionHandler<>(EmbedAction.INSTANCE, TransportEmbedAction.class)
        );
    }

    @Override
    public List<RestHandler> getRestHandlers(
        Settings settings,
        RestController restController,
        ClusterSettings clusterSettings,
        IndexScopedSettings indexScopedSettings,
        SettingsFilter settingsFilter,
        IndexNameExpressionResolver indexNameExpressionResolver,
        Supplier<DiscoveryNodes> nodesInCluster
    ) {
        return List.of(new RestGetModelsAction(), new RestEmbedAction());
    }

    @Override
    public Map<String, Processor.Factory> getProcessors(Processor.Parameters parameters) {
        return Map.of(InterestEmbeddingFactory.TYPE, new InterestEmbeddingFactory(() -> components.models(), () -> components.embedder()));
    }

    @Override
    public void close() {
        if (components != null) {
            components.close();
        }
    }
}
