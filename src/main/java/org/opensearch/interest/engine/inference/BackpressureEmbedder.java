package org.opensearch.interest.engine.inference;

import org.opensearch.common.unit.TimeValue;
import org.opensearch.interest.core.embedding.Embedder;
import org.opensearch.interest.core.embedding.Embedding;
import org.opensearch.interest.core.embedding.LongText;
import org.opensearch.interest.core.embedding.ModelException;
import org.opensearch.interest.core.embedding.ModelException.Kind;
import org.opensearch.interest.core.embedding.TextType;
import org.opensearch.threadpool.ThreadPool;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Embedder that slows a load down instead of failing it. Requests that the model's full queue refuses wait in a queue
 * of this class, first come first served, until there is space or the caller gives up by completing the future. The
 * queue has no limit of its own; the number of waiting requests is bounded by the admission control of the callers,
 * which for documents is OpenSearch's indexing pressure. Thread-safe.
 */
public final class BackpressureEmbedder implements Embedder {
    /**
     * Long enough for a model to work through dozens of texts of a full queue, short enough that the queue never runs
     * empty.
     */
    private static final TimeValue RETRY_INTERVAL = TimeValue.timeValueMillis(50);

    private final Embedder embedder;
    private final ThreadPool threadPool;
    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
    /** True while a retry is scheduled. */
    private final AtomicBoolean retryScheduled = new AtomicBoolean();

    public BackpressureEmbedder(Embedder embedder, ThreadPool threadPool) {
        this.embedder = embedder;
        this.threadPool = threadPool;
    }

    @Override
    public CompletableFuture<List<Embedding>> embed(
        String modelId, List<String> texts, TextType type, LongText longText
    ) {
        Waiting waiting = new Waiting(() -> embedder.embed(modelId, texts, type, longText), new CompletableFuture<>());
        if (queue.isEmpty() == false || waiting.submit() == false) {
            queue.add(waiting);
            if (retryScheduled.getAndSet(true) == false) {
                scheduleRetry();
            }
        }
        return waiting.answer();
    }

    @Override
    public CompletableFuture<String> version(String modelId) {
        return embedder.version(modelId);
    }

    private void retry() {
        Waiting first = queue.peek();
        while (first != null && first.submit()) {
            queue.remove();
            first = queue.peek();
        }
        if (first == null) {
            retryScheduled.set(false);
            if (queue.isEmpty() || retryScheduled.getAndSet(true)) {
                return;
            }
        }
        scheduleRetry();
    }

    private void scheduleRetry() {
        try {
            threadPool.schedule(this::retry, RETRY_INTERVAL, ThreadPool.Names.GENERIC);
        } catch (RuntimeException e) {
            // The node is stopping.
            for (Waiting waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
                waiting.answer().completeExceptionally(e);
            }
        }
    }

    private record Waiting(
        Supplier<CompletableFuture<List<Embedding>>> attempt,
        CompletableFuture<List<Embedding>> answer
    ) {
        /** Returns true if the request can leave the queue: it was accepted, or its caller has given up. */
        boolean submit() {
            if (answer.isDone()) {
                return true;
            }
            CompletableFuture<List<Embedding>> accepted = attempt.get();
            if (accepted.isCompletedExceptionally() && accepted.exceptionNow() instanceof ModelException e
                && e.kind() == Kind.OVERLOADED) {
                return false;
            }
            accepted.whenComplete((embeddings, failure) -> {
                if (failure == null) {
                    answer.complete(embeddings);
                } else {
                    answer.completeExceptionally(failure);
                }
            });
            // If the caller gives up, the model's queue drops the request too.
            answer.whenComplete((embeddings, failure) -> {
                if (failure != null) {
                    accepted.completeExceptionally(failure);
                }
            });
            return true;
        }
    }
}
