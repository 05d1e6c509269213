package org.opensearch.interest;

import org.opensearch.action.ActionRequest;
import org.opensearch.action.support.ActionFilter;
import org.opensearch.cluster.metadata.IndexNameExpressionResolver;
import org.opensearch.cluster.node.DiscoveryNodes;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.inject.Module;
import org.opensearch.common.settings.ClusterSettings;
import org.opensearch.common.settings.IndexScopedSettings;
import org.opensearch.common.settings.Setting;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.settings.SettingsFilter;
import org.opensearch.common.util.concurrent.OpenSearchExecutors;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.breaker.CircuitBreaker;
import org.opensearch.core.common.breaker.NoopCircuitBreaker;
import org.opensearch.core.common.io.stream.NamedWriteableRegistry;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.env.Environment;
import org.opensearch.env.NodeEnvironment;
import org.opensearch.index.mapper.Mapper;
import org.opensearch.indices.SystemIndexDescriptor;
import org.opensearch.indices.breaker.BreakerSettings;
import org.opensearch.ingest.Processor;
import org.opensearch.interest.api.evaluation.EvaluateFeature;
import org.opensearch.interest.api.evaluation.TransportEvaluateAction;
import org.opensearch.interest.api.event.EventFeature;
import org.opensearch.interest.api.feature.Feature;
import org.opensearch.interest.api.feedback.FeedbackFeature;
import org.opensearch.interest.api.model.ModelFeature;
import org.opensearch.interest.api.recommend.RecommendFeature;
import org.opensearch.interest.api.stats.StatsFeature;
import org.opensearch.interest.api.tracker.TrackerFeature;
import org.opensearch.interest.api.user.UserFeature;
import org.opensearch.interest.cluster.explanation.TransportExplainHitsAction;
import org.opensearch.interest.cluster.profiles.TransportRecordAction;
import org.opensearch.interest.cluster.resolve.TransportResolveInterestAction;
import org.opensearch.interest.cluster.store.InterestIndex;
import org.opensearch.interest.cluster.store.PrivacySecret;
import org.opensearch.interest.core.embedding.Embedder;
import org.opensearch.interest.core.embedding.EmbeddingScheduler;
import org.opensearch.interest.core.embedding.Models;
import org.opensearch.interest.engine.inference.InferenceSettings;
import org.opensearch.interest.search.ingest.IngestProcessors;
import org.opensearch.interest.search.mapper.InterestVectorFieldMapper;
import org.opensearch.interest.search.mapper.StoredProfileFieldMapper;
import org.opensearch.interest.search.pipeline.FetchVectors;
import org.opensearch.interest.search.pipeline.FetchVectorsExt;
import org.opensearch.interest.search.pipeline.InterestExt;
import org.opensearch.interest.search.pipeline.SearchProcessors;
import org.opensearch.interest.search.pipeline.VariantExt;
import org.opensearch.interest.search.query.ConcurrentInterest;
import org.opensearch.interest.search.query.InterestQueryBuilder;
import org.opensearch.interest.search.rescore.InterestRescorerBuilder;
import org.opensearch.interest.search.script.InterestScriptEngine;
import org.opensearch.monitor.jvm.JvmInfo;
import org.opensearch.plugins.ActionPlugin;
import org.opensearch.plugins.CircuitBreakerPlugin;
import org.opensearch.plugins.IngestPlugin;
import org.opensearch.plugins.MapperPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.plugins.ScriptPlugin;
import org.opensearch.plugins.SearchPipelinePlugin;
import org.opensearch.plugins.SearchPlugin;
import org.opensearch.plugins.SystemIndexPlugin;
import org.opensearch.repositories.RepositoriesService;
import org.opensearch.rest.RestController;
import org.opensearch.rest.RestHandler;
import org.opensearch.script.ScriptContext;
import org.opensearch.script.ScriptEngine;
import org.opensearch.script.ScriptService;
import org.opensearch.search.SearchExtBuilder;
import org.opensearch.search.deciders.ConcurrentSearchRequestDecider;
import org.opensearch.search.fetch.FetchSubPhase;
import org.opensearch.search.pipeline.SearchRequestProcessor;
import org.opensearch.search.pipeline.SearchResponseProcessor;
import org.opensearch.threadpool.ExecutorBuilder;
import org.opensearch.threadpool.FixedExecutorBuilder;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.client.Client;
import org.opensearch.watcher.ResourceWatcherService;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Plugin class: registers everything that the plugin adds to a node. */
public class InterestPlugin extends Plugin
    implements
        ActionPlugin,
        CircuitBreakerPlugin,
        IngestPlugin,
        MapperPlugin,
        ScriptPlugin,
        SearchPipelinePlugin,
        SearchPlugin,
        SystemIndexPlugin {
    private static final List<Feature> FEATURES = List.of(
        new ModelFeature(), new TrackerFeature(), new EventFeature(), new UserFeature(), new RecommendFeature(),
        new EvaluateFeature(), new FeedbackFeature(), new StatsFeature()
    );

    /** Transport actions that features and queries send to other nodes. */
    private static final List<ActionHandler<? extends ActionRequest, ? extends ActionResponse>> INTERNAL_ACTIONS = List
        .of(
            new ActionHandler<>(TransportExplainHitsAction.TYPE, TransportExplainHitsAction.class),
            new ActionHandler<>(TransportRecordAction.TYPE, TransportRecordAction.class),
            new ActionHandler<>(TransportResolveInterestAction.TYPE, TransportResolveInterestAction.class)
        );

    /** Queue size in tasks, not texts; the scheduler never submits more tasks than the pool has threads. */
    private static final int INFERENCE_TASKS = 1_000;

    /**
     * Queue size without a limit. Waiting changes are limited where they arrive; a step of a round that has begun is
     * never rejected.
     */
    private static final int UNBOUNDED = -1;

    /** Queue size of evaluations. Each evaluation takes minutes, so further requests are rejected at once. */
    private static final int EVALUATIONS_WAITING = 4;

    private static final String BREAKER = "interest";

    /** Default share of the heap; {@code breaker.interest.limit} overrides it. */
    private static final double BREAKER_SHARE = 0.05;

    private volatile CircuitBreaker breaker = new NoopCircuitBreaker(BREAKER);

    /** Components of the node, created in createComponents: after some of the methods below, and before any request. */
    private volatile Components components;

    private final SearchProcessors searchProcessors = new SearchProcessors(() -> components.searchServices());

    /** Returns the folder of the plugin, which contains its models and native libraries. */
    protected Path folder(Environment environment) {
        return environment.pluginsDir().resolve("interest");
    }

    @Override
    public List<ExecutorBuilder<?>> getExecutorBuilders(Settings settings) {
        int cores = OpenSearchExecutors.allocatedProcessors(settings);
        return List.of(
            pool(settings, Components.INFERENCE_POOL, EmbeddingScheduler.LANES * cores, INFERENCE_TASKS),
            pool(settings, Components.PROFILES_POOL, cores, UNBOUNDED),
            pool(settings, TransportEvaluateAction.POOL, 1, EVALUATIONS_WAITING)
        );
    }

    private static ExecutorBuilder<?> pool(Settings settings, String name, int threads, int queue) {
        return new FixedExecutorBuilder(settings, name, threads, queue, "thread_pool." + name);
    }

    @Override
    public List<Setting<?>> getSettings() {
        return Stream.concat(Stream.of(PrivacySecret.SETTING), InferenceSettings.all().stream()).toList();
    }

    @Override
    public BreakerSettings getCircuitBreaker(Settings settings) {
        long limit = (long) (JvmInfo.jvmInfo().getMem().getHeapMax().getBytes() * BREAKER_SHARE);
        return BreakerSettings.updateFromSettings(new BreakerSettings(BREAKER, limit, 1.0), settings);
    }

    @Override
    public void setCircuitBreaker(CircuitBreaker circuitBreaker) {
        breaker = circuitBreaker;
    }

    @Override
    public Collection<Object> createComponents(
        Client client, ClusterService clusterService, ThreadPool threadPool,
        ResourceWatcherService resourceWatcherService, ScriptService scriptService,
        NamedXContentRegistry xContentRegistry, Environment environment, NodeEnvironment nodeEnvironment,
        NamedWriteableRegistry namedWriteableRegistry, IndexNameExpressionResolver indexNameExpressionResolver,
        Supplier<RepositoriesService> repositoriesServiceSupplier
    ) {
        components = new Components(
            folder(environment), breaker, environment, threadPool, client, clusterService, xContentRegistry
        );
        return components.injected();
    }

    /** Binds the interfaces that transport actions inject; OpenSearch binds components by their class only. */
    @Override
    public Collection<Module> createGuiceModules() {
        return List.of(binder -> {
            binder.bind(Embedder.class).toProvider(() -> components.embedder());
            binder.bind(Models.class).toProvider(() -> components.models());
            binder.bind(Clock.class).toInstance(Clock.systemUTC());
        });
    }

    @Override
    public List<ActionHandler<? extends ActionRequest, ? extends ActionResponse>> getActions() {
        return Stream
            .concat(FEATURES.stream().flatMap(feature -> feature.actions().stream()), INTERNAL_ACTIONS.stream())
            .toList();
    }

    /**
     * Returns the serializers of task statuses, and of search extensions that only nodes exchange and no user may send.
     */
    @Override
    public List<NamedWriteableRegistry.Entry> getNamedWriteables() {
        NamedWriteableRegistry.Entry vectors = new NamedWriteableRegistry.Entry(
            SearchExtBuilder.class, FetchVectorsExt.NAME, FetchVectorsExt::new
        );
        NamedWriteableRegistry.Entry variant = new NamedWriteableRegistry.Entry(
            SearchExtBuilder.class, VariantExt.NAME, VariantExt::new
        );
        return Stream
            .concat(FEATURES.stream().flatMap(feature -> feature.taskStatuses().stream()), Stream.of(vectors, variant))
            .toList();
    }

    @Override
    public List<RestHandler> getRestHandlers(
        Settings settings, RestController restController, ClusterSettings clusterSettings,
        IndexScopedSettings indexScopedSettings, SettingsFilter settingsFilter,
        IndexNameExpressionResolver indexNameExpressionResolver, Supplier<DiscoveryNodes> nodesInCluster
    ) {
        return FEATURES.stream().flatMap(feature -> feature.restHandlers().stream()).toList();
    }

    @Override
    public Map<String, Processor.Factory> getProcessors(Processor.Parameters parameters) {
        return new IngestProcessors(
            () -> components.models(), () -> components.patientEmbedder(), () -> components.eventTracking(),
            () -> components.simulatedIngest()
        ).all();
    }

    @Override
    public Map<String, org.opensearch.search.pipeline.Processor.Factory<SearchRequestProcessor>> getRequestProcessors(
        Parameters parameters
    ) {
        return searchProcessors.ofRequests();
    }

    @Override
    public Map<String, org.opensearch.search.pipeline.Processor.Factory<SearchResponseProcessor>> getResponseProcessors(
        Parameters parameters
    ) {
        return searchProcessors.ofResponses();
    }

    @Override
    public List<SearchExtSpec<?>> getSearchExts() {
        return List.of(new SearchExtSpec<>(InterestExt.NAME, InterestExt::new, InterestExt::fromXContent));
    }

    @Override
    public List<FetchSubPhase> getFetchSubPhases(FetchPhaseConstructionContext context) {
        return List.of(new FetchVectors());
    }

    @Override
    public Map<String, Mapper.TypeParser> getMappers() {
        return Map.of(
            InterestVectorFieldMapper.CONTENT_TYPE, InterestVectorFieldMapper.PARSER,
            StoredProfileFieldMapper.CONTENT_TYPE, StoredProfileFieldMapper.PARSER
        );
    }

    @Override
    public List<QuerySpec<?>> getQueries() {
        return List.of(
            new QuerySpec<>(InterestQueryBuilder.NAME, InterestQueryBuilder::new, InterestQueryBuilder::fromXContent)
        );
    }

    @Override
    public Optional<ConcurrentSearchRequestDecider.Factory> getConcurrentSearchRequestDeciderFactory() {
        return Optional.of(ConcurrentInterest.factory());
    }

    @Override
    public List<RescorerSpec<?>> getRescorers() {
        return List.of(
            new RescorerSpec<>(
                InterestRescorerBuilder.NAME, InterestRescorerBuilder::new, InterestRescorerBuilder::fromXContent
            )
        );
    }

    @Override
    public ScriptEngine getScriptEngine(Settings settings, Collection<ScriptContext<?>> contexts) {
        return new InterestScriptEngine();
    }

    @Override
    public List<ActionFilter> getActionFilters() {
        return List
            .of(components.scriptResolver(), components.simulatedIngest(), components.searchServices().afterSearch());
    }

    @Override
    public Collection<SystemIndexDescriptor> getSystemIndexDescriptors(Settings settings) {
        String description = "data of opensearch-interest: trackers, profiles, geometries, engagement snapshots";
        return List.of(new SystemIndexDescriptor(InterestIndex.PREFIX + "*", description));
    }

    @Override
    public void close() {
        if (components != null) {
            components.close();
        }
    }
}
