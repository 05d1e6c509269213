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
 * An embedder as a node needs it: what hangs on an answer runs in the thread context of whoever asked (their rights and
 * their task, not those of the request whose worker happened to answer), nobody waits for ever, and every request is
 * counted. Thread-safe.
 */
public final class NodeEmbedder implements Embedder {
    /**
     * Long enough for a model to load and a full lane to empty before a request's own texts, each of which may take
     * this long:
     */
    private static final long PATIENCE_MILLIS = 120_000;
    private static final long PATIENCE_MILLIS_A_TEXT = 200;
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
        long patience = PATIENCE_MILLIS + PATIENCE_MILLIS_A_TEXT * runs(texts, longText);
        return embed(modelId, texts, type, longText, TimeValue.timeValueMillis(patience));
    }

    /**
     * @param deadline after this the future fails as {@code OVERLOADED}, and no model sees the texts that were not
     *                 begun
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
        return answer(embedder.version(modelId), TimeValue.timeValueMillis(PATIENCE_MILLIS), failure -> {});
    }

    /** @param done is told of the failure, or null, before anybody else */
    @SuppressWarnings("try") // the context is restored until it is closed, and never read
    private <T> CompletableFuture<T> answer(CompletableFuture<T> inner, TimeValue deadline, Consumer<Throwable> done) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Scheduler.Cancellable giveUp = inner.isDone() ? null : giveUpAfter(deadline, inner);
        Supplier<ThreadContext.StoredContext> context = threadPool.getThreadContext().newRestorableContext(true);
        inner.whenComplete((result, failure) -> {
            if (giveUp != null) {
                giveUp.cancel();
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
        // who gives up outside gives up inside: texts that nobody waits for are not run
        answer.whenComplete((result, failure) -> {
            if (failure != null) {
                inner.completeExceptionally(failure);
            }
        });
        return answer;
    }

    /**
     * How often the model will be run, at most: a window is hardly shorter than {@value #WINDOW_CHARACTERS} characters.
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

    private Scheduler.Cancellable giveUpAfter(TimeValue deadline, CompletableFuture<?> waiting) {
        ModelException tooLate = new ModelException(
            Kind.OVERLOADED,
            "[interest] no embedding within [" + deadline
                + "]: the model is busy, or still loads. Send the texts again later, or fewer at a time"
        );
        return threadPool.schedule(() -> waiting.completeExceptionally(tooLate), deadline, ThreadPool.Names.GENERIC);
    }
}
