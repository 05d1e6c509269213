package org.opensearch.interest;

import org.opensearch.action.support.ActionFilter;
import org.opensearch.cluster.metadata.IndexNameExpressionResolver;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.settings.Settings;
import org.opensearch.core.common.io.stream.NamedWriteableRegistry;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.env.Environment;
import org.opensearch.env.NodeEnvironment;
import org.opensearch.index.mapper.Mapper;
import org.opensearch.interest.mapper.InterestVectorFieldMapper;
import org.opensearch.interest.query.InterestQueryBuilder;
import org.opensearch.interest.script.InterestScriptEngine;
import org.opensearch.interest.script.ScriptResolver;
import org.opensearch.plugins.ActionPlugin;
import org.opensearch.plugins.MapperPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.plugins.ScriptPlugin;
import org.opensearch.plugins.SearchPlugin;
import org.opensearch.repositories.RepositoriesService;
import org.opensearch.script.ScriptContext;
import org.opensearch.script.ScriptEngine;
import org.opensearch.script.ScriptService;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.client.Client;
import org.opensearch.watcher.ResourceWatcherService;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The table of contents: what the plugin adds to a node. */
public class InterestPlugin extends Plugin implements ActionPlugin, MapperPlugin, ScriptPlugin, SearchPlugin {
    /** Made once the node has a client, before it asks for filters. */
    private ScriptResolver scriptResolver;

    @Override
    public Map<String, Mapper.TypeParser> getMappers() {
        return Map.of(InterestVectorFieldMapper.CONTENT_TYPE, InterestVectorFieldMapper.PARSER);
    }

    @Override
    public List<QuerySpec<?>> getQueries() {
        return List.of(new QuerySpec<>(InterestQueryBuilder.NAME, InterestQueryBuilder::new, InterestQueryBuilder::fromXContent));
    }

    @Override
    public ScriptEngine getScriptEngine(Settings settings, Collection<ScriptContext<?>> contexts) {
        return new InterestScriptEngine();
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
        scriptResolver = new ScriptResolver(client, xContentRegistry);
        return List.of();
    }

    @Override
    public List<ActionFilter> getActionFilters() {
        return List.of(scriptResolver);
    }
}
