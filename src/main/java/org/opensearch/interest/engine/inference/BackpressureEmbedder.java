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
 * For a load that shall slow down and not fail: what finds no room stands in line, first come first served, until there
 * is some, or until the caller gives up by completing the future. How many can stand there is bounded by what lets the
 * callers in; for documents that is OpenSearch's indexing pressure. Thread-safe.
 */
public final class BackpressureEmbedder implements Embedder {
    /** Long enough that a full lane has gone on by dozens of texts, short enough that it never runs empty. */
    private static final TimeValue PAUSE = TimeValue.timeValueMillis(50);

    private final Embedder embedder;
    private final ThreadPool threadPool;
    private final Queue<Waiting> line = new ConcurrentLinkedQueue<>();
    /** Whether somebody looks after the line. */
    private final AtomicBoolean attended = new AtomicBoolean();

    public BackpressureEmbedder(Embedder embedder, ThreadPool threadPool) {
        this.embedder = embedder;
        this.threadPool = threadPool;
    }

    @Override
    public CompletableFuture<List<Embedding>> embed(
        String modelId, List<String> texts, TextType type, LongText longText
    ) {
        Waiting waiting = new Waiting(() -> embedder.embed(modelId, texts, type, longText), new CompletableFuture<>());
        if (line.isEmpty() == false || waiting.enter() == false) {
            line.add(waiting);
            if (attended.getAndSet(true) == false) {
                lookAgainLater();
            }
        }
        return waiting.answer();
    }

    @Override
    public CompletableFuture<String> version(String modelId) {
        return embedder.version(modelId);
    }

    private void letIn() {
        Waiting first = line.peek();
        while (first != null && first.enter()) {
            line.remove();
            first = line.peek();
        }
        if (first == null) {
            attended.set(false);
            if (line.isEmpty() || attended.getAndSet(true)) {
                return;
            }
        }
        lookAgainLater();
    }

    private void lookAgainLater() {
        try {
            threadPool.schedule(this::letIn, PAUSE, ThreadPool.Names.GENERIC);
        } catch (RuntimeException e) {
            // the node is stopping
            for (Waiting waiting = line.poll(); waiting != null; waiting = line.poll()) {
                waiting.answer().completeExceptionally(e);
            }
        }
    }

    private record Waiting(
        Supplier<CompletableFuture<List<Embedding>>> attempt,
        CompletableFuture<List<Embedding>> answer
    ) {
        /** Whether it need not stand in line any more. */
        boolean enter() {
            if (answer.isDone()) {
                return true;
            }
            CompletableFuture<List<Embedding>> inside = attempt.get();
            if (inside.isCompletedExceptionally() && inside.exceptionNow() instanceof ModelException e
                && e.kind() == Kind.OVERLOADED) {
                return false;
            }
            inside.whenComplete((embeddings, failure) -> {
                if (failure == null) {
                    answer.complete(embeddings);
                } else {
                    answer.completeExceptionally(failure);
                }
            });
            // who gives up outside gives up inside
            answer.whenComplete((embeddings, failure) -> {
                if (failure != null) {
                    inside.completeExceptionally(failure);
                }
            });
            return true;
        }
    }
}
