package org.opensearch.interest.core.embedding;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/** One request on its way: the texts that differ, and which of them each place of the answer wants. Thread-safe. */
final class EmbeddingJob {
    private final List<String> distinct;
    /** place in the request → place among the distinct texts */
    private final int[] places;
    private final AtomicReferenceArray<Embedding> embeddings;
    private final AtomicInteger missing;
    private final CompletableFuture<List<Embedding>> answer = new CompletableFuture<>();
    private final Executor answers;

    EmbeddingJob(List<String> texts, Executor answers) {
        this.answers = answers;
        Map<String, Integer> seen = new LinkedHashMap<>();
        places = new int[texts.size()];
        for (int i = 0; i < places.length; i++) {
            Integer place = seen.putIfAbsent(texts.get(i), seen.size());
            places[i] = place == null ? seen.size() - 1 : place;
        }
        distinct = List.copyOf(seen.keySet());
        embeddings = new AtomicReferenceArray<>(distinct.size());
        missing = new AtomicInteger(distinct.size());
    }

    CompletableFuture<List<Embedding>> answer() {
        return answer;
    }

    /** The texts that differ. */
    List<String> texts() {
        return distinct;
    }

    /** How many texts have no embedding yet. */
    int left() {
        return missing.get();
    }

    boolean has(int text) {
        return embeddings.get(text) != null;
    }

    /** True if the request is answered, failed, or cancelled by the caller. */
    boolean over() {
        return answer.isDone();
    }

    /**
     * Before anything else is done: takes what is known already, and answers if that is all.
     *
     * @param known the embedding of a text, or null
     * @return whether it was all
     */
    boolean recall(Function<String, Embedding> known) {
        for (int i = 0; i < distinct.size(); i++) {
            Embedding embedding = known.apply(distinct.get(i));
            if (embedding != null) {
                embeddings.set(i, embedding);
                missing.decrementAndGet();
            }
        }
        if (missing.get() == 0) {
            answer.complete(all());
        }
        return answer.isDone();
    }

    void put(int text, Embedding embedding) {
        if (embeddings.compareAndSet(text, null, embedding) && missing.decrementAndGet() == 0) {
            deliver(() -> answer.complete(all()));
        }
    }

    void fail(ModelException e) {
        deliver(() -> answer.completeExceptionally(e));
    }

    private List<Embedding> all() {
        return Arrays.stream(places).mapToObj(embeddings::get).toList();
    }

    /** Listeners run on other threads: those that run models do nothing else. */
    private void deliver(Runnable completion) {
        try {
            answers.execute(completion);
        } catch (RejectedExecutionException e) {
            // the node is stopping; the answer is short work then, and an unanswered caller would wait for ever
            completion.run();
        }
    }
}
