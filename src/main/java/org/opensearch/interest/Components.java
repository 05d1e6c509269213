package org.opensearch.interest;

import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.settings.Settings;
import org.opensearch.core.common.breaker.CircuitBreaker;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.env.Environment;
import org.opensearch.interest.api.tracker.CatalogueWatcher;
import org.opensearch.interest.api.tracker.EngagementWatcher;
import org.opensearch.interest.cluster.calibration.CatalogueSampler;
import org.opensearch.interest.cluster.calibration.GeometryCache;
import org.opensearch.interest.cluster.calibration.GeometryFitter;
import org.opensearch.interest.cluster.calibration.PriorGeometries;
import org.opensearch.interest.cluster.engagement.BoostLookup;
import org.opensearch.interest.cluster.engagement.EngagementBuilder;
import org.opensearch.interest.cluster.engagement.EngagementStore;
import org.opensearch.interest.cluster.engagement.PopularItems;
import org.opensearch.interest.cluster.events.EventSender;
import org.opensearch.interest.cluster.history.EventHistory;
import org.opensearch.interest.cluster.history.HistoryEvidence;
import org.opensearch.interest.cluster.history.HistoryRetention;
import org.opensearch.interest.cluster.history.HistoryWriter;
import org.opensearch.interest.cluster.items.InverseDocumentFrequency;
import org.opensearch.interest.cluster.items.ItemLookup;
import org.opensearch.interest.cluster.items.ItemMapping;
import org.opensearch.interest.cluster.profiles.ProfileReplayer;
import org.opensearch.interest.cluster.profiles.ProfileWriter;
import org.opensearch.interest.cluster.resolve.PageSnapshots;
import org.opensearch.interest.cluster.store.EvaluationStore;
import org.opensearch.interest.cluster.store.GeometryStore;
import org.opensearch.interest.cluster.store.InterestIndex;
import org.opensearch.interest.cluster.store.PrivacySecret;
import org.opensearch.interest.cluster.store.ProfileStore;
import org.opensearch.interest.cluster.store.ProfileTotals;
import org.opensearch.interest.cluster.store.SystemClient;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.interest.core.embedding.Device;
import org.opensearch.interest.core.embedding.Embedder;
import org.opensearch.interest.core.embedding.EmbeddingScheduler;
import org.opensearch.interest.core.embedding.InferenceCounts;
import org.opensearch.interest.core.tracking.EventCounts;
import org.opensearch.interest.core.tracking.HistoryCounts;
import org.opensearch.interest.core.tracking.InterestFunctions;
import org.opensearch.interest.core.tracking.PipelineCounts;
import org.opensearch.interest.core.tracking.SearchCounts;
import org.opensearch.interest.engine.inference.BackpressureEmbedder;
import org.opensearch.interest.engine.inference.InferenceSettings;
import org.opensearch.interest.engine.inference.ModelRegistry;
import org.opensearch.interest.engine.inference.NodeEmbedder;
import org.opensearch.interest.engine.inference.NodeEmbeddingCache;
import org.opensearch.interest.engine.onnx.OnnxLoader;
import org.opensearch.interest.search.ingest.SimulatedIngest;
import org.opensearch.interest.search.pipeline.HitVectors;
import org.opensearch.interest.search.pipeline.SearchPlanFilter;
import org.opensearch.interest.search.pipeline.SearchServices;
import org.opensearch.interest.search.script.ScriptResolver;
import org.opensearch.search.SearchService;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.client.Client;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * Components of the plugin on one node. Created once, in order of their dependencies, and closed in the reverse order.
 */
final class Components implements AutoCloseable {
    /**
     * Name of the thread pool that runs models. It has one thread per core for urgent texts and one per core for the
     * others.
     */
    static final String INFERENCE_POOL = "interest_inference";

    /** Name of the thread pool that works on profiles. */
    static final String PROFILES_POOL = "interest_profiles";

    private final ModelRegistry models;
    private final EmbeddingScheduler scheduler;
    private final NodeEmbedder embedder;
    private final NodeEmbedder patientEmbedder;
    private final NodeEmbeddingCache embeddings;
    private final ScriptResolver scriptResolver;
    private final EventSender eventTracking;
    private final SimulatedIngest simulatedIngest;
    private final SearchServices searchServices;
    private final CatalogueWatcher catalogueWatch;
    private final HistoryRetention retention;
    private final List<Object> injected;

    /**
     * @param folder  folder of the plugin
     * @param breaker circuit breaker that accounts for the heap that the plugin uses
     */
    Components(
        Path folder, CircuitBreaker breaker, Environment environment, ThreadPool threadPool, Client client,
        ClusterService clusterService, NamedXContentRegistry xContentRegistry
    ) {
        Path bundled = folder.resolve("models");
        Path configured = environment.configDir().resolve("interest").resolve("models");
        Settings settings = environment.settings();
        Device device = InferenceSettings.DEVICE.get(settings);
        long modelMemory = InferenceSettings.MODEL_MEMORY_LIMIT.get(settings).getBytes();
        OnnxLoader loader = new OnnxLoader(
            folder.resolve("native"), device, modelMemory, threadPool.info(INFERENCE_POOL).getMax()
        );
        models = new ModelRegistry(bundled, configured, loader);
        embeddings = new NodeEmbeddingCache(InferenceSettings.CACHE_SIZE.get(settings).getBytes(), breaker);
        InferenceCounts inference = new InferenceCounts();
        scheduler = new EmbeddingScheduler(
            models, embeddings, threadPool.executor(INFERENCE_POOL),
            Math.max(1, threadPool.info(INFERENCE_POOL).getMax() / EmbeddingScheduler.LANES), threadPool.generic(),
            InferenceSettings.QUEUE_SIZE.get(settings), inference
        );
        embedder = new NodeEmbedder(scheduler, threadPool, inference);
        patientEmbedder = new NodeEmbedder(new BackpressureEmbedder(scheduler, threadPool), threadPool, inference);
        models.load(threadPool.generic());

        SystemClient system = new SystemClient(client);
        InterestIndex indices = new InterestIndex(system, clusterService);
        PriorGeometries priors = new PriorGeometries(List.of(bundled, configured));
        // loading takes about a second; the first search should not wait for it
        threadPool.generic().execute(() -> models.ids().forEach(priors::prior));
        GeometryStore fitted = new GeometryStore(system, indices);
        GeometryCache geometries = new GeometryCache(priors, fitted, threadPool);
        ItemMapping mapping = new ItemMapping(clusterService);
        TrackerStore trackers = new TrackerStore(
            system, indices, fitted, mapping, new PrivacySecret(environment.settings())
        );
        CatalogueSampler catalogues = new CatalogueSampler(system, threadPool.generic());
        GeometryFitter calibration = new GeometryFitter(
            trackers, fitted, priors, catalogues, mapping, clusterService, models
        );
        HistoryCounts historyCounts = new HistoryCounts();
        HistoryWriter history = new HistoryWriter(system, indices, historyCounts);
        ItemLookup items = new ItemLookup(client, clusterService);
        EventHistory events = new EventHistory(system, indices);
        EngagementStore engagement = new EngagementStore(system, indices);
        EngagementBuilder engagementBuild = new EngagementBuilder(
            events, engagement, trackers, threadPool.executor(PROFILES_POOL), Clock.systemUTC()
        );
        EngagementWatcher engagementWatch = new EngagementWatcher(system, engagement, events, Clock.systemUTC());
        catalogueWatch = new CatalogueWatcher(
            system, clusterService, threadPool, trackers, catalogues, calibration, engagementWatch
        );
        SearchCounts searches = new SearchCounts();
        HistoryEvidence replayer = new HistoryEvidence(events, items, embedder, threadPool.getThreadContext());
        ProfileReplayer replays = new ProfileReplayer(replayer, geometries, threadPool.executor(PROFILES_POOL));
        retention = new HistoryRetention(
            system, clusterService, threadPool, indices, trackers, historyCounts, Clock.systemUTC()
        );
        scriptResolver = new ScriptResolver(client, xContentRegistry);
        eventTracking = new EventSender(client);
        simulatedIngest = new SimulatedIngest(threadPool.getThreadContext());
        HitVectors hitVectors = new HitVectors(client);
        PipelineCounts pipelines = new PipelineCounts();
        SearchPlanFilter afterSearch = new SearchPlanFilter(threadPool.getThreadContext());
        searchServices = new SearchServices(client, hitVectors, afterSearch, pipelines, eventTracking, () -> {
            return clusterService.getClusterSettings().get(SearchService.ALLOW_EXPENSIVE_QUERIES);
        });
        injected = List.of(
            models, scheduler, embedder, inference, embeddings, new EventCounts(), searches, pipelines, searchServices,
            indices, trackers, new ProfileStore(system, indices), new ProfileTotals.Source(system),
            new ProfileWriter(system, indices, geometries, history, replays, threadPool.executor(PROFILES_POOL)), items,
            new InverseDocumentFrequency(client), mapping, new PageSnapshots(), new InterestFunctions(geometries),
            catalogues, geometries, calibration, catalogueWatch, events, engagement, engagementBuild,
            new BoostLookup(engagement, events, threadPool, searches), replays,
            new PopularItems(system, indices, engagement), new EvaluationStore(system, indices), priors, historyCounts,
            retention
        );
    }

    ModelRegistry models() {
        return models;
    }

    Embedder embedder() {
        return embedder;
    }

    /** Returns the embedder for documents: a bulk load that meets a full queue slows down instead of failing. */
    Embedder patientEmbedder() {
        return patientEmbedder;
    }

    ScriptResolver scriptResolver() {
        return scriptResolver;
    }

    EventSender eventTracking() {
        return eventTracking;
    }

    SimulatedIngest simulatedIngest() {
        return simulatedIngest;
    }

    SearchServices searchServices() {
        return searchServices;
    }

    /** Returns the components that transport actions can inject, by class. */
    List<Object> injected() {
        return injected;
    }

    @Override
    public void close() {
        retention.close();
        catalogueWatch.close();
        scheduler.close();
        models.close();
        embeddings.clear();
    }
}
