package org.opensearch.interest;

import org.opensearch.env.Environment;
import org.opensearch.interest.embedding.Embedder;
import org.opensearch.interest.embedding.EmbeddingScheduler;
import org.opensearch.interest.inference.ModelRegistry;
import org.opensearch.interest.inference.NodeEmbedder;
import org.opensearch.interest.onnx.OnnxLoader;
import org.opensearch.threadpool.ThreadPool;

import java.nio.file.Path;
import java.util.List;

/** Everything that one node's plugin is made of, built once, in order, and closed in the opposite one. */
final class Components implements AutoCloseable {
    /** The threads that run models: one a core, each with one text at a time. */
    static final String INFERENCE_POOL = "interest_inference";

    /**
     * Texts that may wait in a lane: a few {@code _bulk} requests of a thousand documents, or seconds of work with titles and a
     * minute with long passages.
     */
    private static final int WAITING_TEXTS = 10_000;

    private final ModelRegistry models;
    private final EmbeddingScheduler scheduler;
    private final NodeEmbedder embedder;

    /** @param folder where the plugin is installed */
    Components(Path folder, Environment environment, ThreadPool threadPool) {
        models = new ModelRegistry(
            folder.resolve("models"),
            environment.configDir().resolve("interest").resolve("models"),
            new OnnxLoader(folder.resolve("native"))
        );
        scheduler = new EmbeddingScheduler(
            models,
            threadPool.executor(INFERENCE_POOL),
            threadPool.info(INFERENCE_POOL).getMax(),
            threadPool.generic(),
            WAITING_TEXTS
        );
        embedder = new NodeEmbedder(scheduler, threadPool);
        models.load(threadPool.generic());
    }

    ModelRegistry models() {
        return models;
    }

    Embedder embedder() {
        return embedder;
    }

    /** What transport actions may ask for in their constructors, by class. */
    List<Object> injected() {
        return List.of(models, embedder);
    }

    @Override
    public void close() {
        scheduler.close();
        models.close();
    }
}
