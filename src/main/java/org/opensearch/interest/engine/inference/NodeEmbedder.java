package org.opensearch.interest.engine.inference;

import org.opensearch.common.unit.TimeValue;
import org.opensearch.common.util.concurrent.ThreadContext;
import org.opensearch.interest.core.embedding.Embedder;
import org.opensearch.interest.core.embedding.Embedding;
import org.opensearch.interest.core.embedding.InferenceCounts;
import org.opensearch.interest.core.embedding.LongText;
import org.opensearch.interest.core.embedding.ModelException;
import org.opensearch.interest.core.embedding.ModelException.Kind;
import org.opensearch.interest.core.embedding.TextType;
import org.opensearch.interest.core.embedding.TextWindows;
import org.opensearch.threadpool.Scheduler;
import org.opensearch.threadpool.ThreadPool;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Embedder for a node. It completes futures in the thread context of the caller, so that dependent work runs with the
 * caller's rights and task and not with those of the request whose worker computed the vectors. It limits the wait, and
 * counts every request. Thread-safe.
 */
public final class NodeEmbedder implements Embedder {
    /**
     * Default time limit: long enough for a model to load and a full queue to empty. {@link #MILLIS_PER_RUN} is added
     * for each run of the request itself.
     */
    private static final long BASE_MILLIS = 120_000;
    private static final long MILLIS_PER_RUN = 200;
    private static final int WINDOW_CHARACTERS = 200;

    private final Embedder embedder;
    private final ThreadPool threadPool;
    private final InferenceCounts counts;

    public NodeEmbedder(Embedder embedder, ThreadPool threadPool, InferenceCounts counts) {
        this.embedder = embedder;
        this.threadPool = threadPool;
        this.counts = counts;
    }

    @Override
    public CompletableFuture<List<Embedding>> embed(
        String modelId, List<String> texts, TextType type, LongText longText
    ) {
        long limit = BASE_MILLIS + MILLIS_PER_RUN * runs(texts, longText);
        return embed(modelId, texts, type, longText, TimeValue.timeValueMillis(limit));
    }

    /**
     * @param deadline the time after which the future fails as {@code OVERLOADED}; texts that have not started by then
     *                 are not run
     */
    public CompletableFuture<List<Embedding>> embed(
        String modelId, List<String> texts, TextType type, LongText longText, TimeValue deadline
    ) {
        long start = System.nanoTime();
        CompletableFuture<List<Embedding>> inner = embedder.embed(modelId, texts, type, longText);
        return answer(inner, deadline, failure -> count(failure, System.nanoTime() - start));
    }

    @Override
    public CompletableFuture<String> version(String modelId) {
        return answer(embedder.version(modelId), TimeValue.timeValueMillis(BASE_MILLIS), failure -> {});
    }

    /** @param done receives the failure, or null, before the returned future is completed */
    @SuppressWarnings("try") // the context is restored until it is closed, and never read
    private <T> CompletableFuture<T> answer(CompletableFuture<T> inner, TimeValue deadline, Consumer<Throwable> done) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Scheduler.Cancellable timeout = inner.isDone() ? null : failAfter(deadline, inner);
        Supplier<ThreadContext.StoredContext> context = threadPool.getThreadContext().newRestorableContext(true);
        inner.whenComplete((result, failure) -> {
            if (timeout != null) {
                timeout.cancel();
            }
            done.accept(failure);
            try (ThreadContext.StoredContext ignored = context.get()) {
                if (failure == null) {
                    answer.complete(result);
                } else {
                    answer.completeExceptionally(failure);
                }
            }
        });
        // If the caller gives up, the inner request is cancelled too, and texts without a waiting caller are not run.
        answer.whenComplete((result, failure) -> {
            if (failure != null) {
                inner.completeExceptionally(failure);
            }
        });
        return answer;
    }

    /**
     * Upper bound of the number of runs of the model: a window is rarely shorter than {@value #WINDOW_CHARACTERS}
     * characters.
     */
    private static long runs(List<String> texts, LongText longText) {
        if (longText == LongText.TRUNCATE) {
            return texts.size();
        }
        return texts.stream()
            .mapToLong(text -> Math.min(TextWindows.MOST, 1 + text.length() / WINDOW_CHARACTERS))
            .sum();
    }

    private void count(Throwable failure, long nanos) {
        if (failure == null) {
            counts.answered(nanos);
        } else if (failure instanceof ModelException e && e.kind() == Kind.OVERLOADED) {
            counts.rejected();
        } else {
            counts.failed();
        }
    }

    private Scheduler.Cancellable failAfter(TimeValue deadline, CompletableFuture<?> waiting) {
        ModelException tooLate = new ModelException(
            Kind.OVERLOADED,
            "[interest] no embedding within [" + deadline
                + "]: the model is busy, or still loads. Send the texts again later, or fewer at a time"
        );
        return threadPool.schedule(() -> waiting.completeExceptionally(tooLate), deadline, ThreadPool.Names.GENERIC);
    }
}
