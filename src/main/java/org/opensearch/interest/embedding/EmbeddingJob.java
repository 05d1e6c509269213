package org.opensearch.interest.embedding;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * One request on its way: the texts that differ, and which of them each place of the answer wants. Texts are started under the
 * lock of the scheduler, and run and answered on any thread.
 */
final class EmbeddingJob {
    private final String modelId;
    private final TextType type;
    private final LongText longText;
    private final List<String> distinct;
    /** place in the request → place among the distinct texts */
    private final int[] places;
    private final AtomicReferenceArray<Embedding> embeddings;
    private final AtomicInteger missing;
    private final CompletableFuture<List<Embedding>> answer = new CompletableFuture<>();
    private final Executor answers;
    private final InferenceCounts counts;

    private Encoder encoder;
    private int started;

    EmbeddingJob(String modelId, List<String> texts, TextType type, LongText longText, Executor answers, InferenceCounts counts) {
        this.modelId = modelId;
        this.type = type;
        this.longText = longText;
        this.answers = answers;
        this.counts = counts;
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

    TextType type() {
        return type;
    }

    int size() {
        return distinct.size();
    }

    // -- under the scheduler's lock

    void encoder(Encoder encoder) {
        this.encoder = encoder;
    }

    /** Texts that nobody has started on. */
    int left() {
        return distinct.size() - started;
    }

    /** The next text to run; the caller has seen that one is left. */
    int start() {
        return started++;
    }

    // -- on any thread

    /** Whether nobody waits any more: answered, failed, or given up by the caller. */
    boolean over() {
        return answer.isDone();
    }

    void run(int text) {
        try {
            Embedding embedding = longText == LongText.TRUNCATE
                ? encoder.encode(distinct.get(text), type)
                : encoder.encodeWhole(distinct.get(text), type);
            counts.ran(embedding);
            embeddings.set(text, embedding);
        } catch (ModelException e) {
            fail(e);
            return;
        } catch (Throwable t) {
            // native code throws errors too, and an error that reaches a pool's thread ends the node
            fail(new ModelException(ModelException.Kind.BROKEN, "[interest] model [" + modelId + "] failed on a text: " + t, t));
            return;
        }
        if (missing.decrementAndGet() == 0) {
            deliver(() -> answer.complete(Arrays.stream(places).mapToObj(embeddings::get).toList()));
        }
    }

    void fail(ModelException e) {
        deliver(() -> answer.completeExceptionally(e));
    }

    /** What waits for the answer runs elsewhere: the threads that run models do nothing else. */
    private void deliver(Runnable completion) {
        try {
            answers.execute(completion);
        } catch (RejectedExecutionException e) {
            // the node is stopping; the answer is short work then, and an unanswered caller would wait for ever
            completion.run();
        }
    }
}
