package org.opensearch.interest.core.embedding;

import org.opensearch.interest.core.embedding.ModelException.Kind;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Schedules texts for models. Cached texts are answered at once; equal texts in flight are run once for all requests.
 * Texts are taken one at a time, or together if their model's vectors do not depend on the batch
 * ({@link Encoder#batch}); no text waits for a batch to fill, so a batch holds only texts that had to wait anyway.
 *
 * <p>There are two queues, each with its own threads: a fast one for searches and small requests, and one for
 * everything else. A search therefore never waits for a text of a bulk load, and a bulk load continues under any number
 * of searches; the operating system shares the cores between them. Each queue is bounded. Thread-safe.
 */
public final class EmbeddingScheduler implements Embedder, AutoCloseable {
    /** A request with no more texts than this counts as small. */
    static final int SMALL_REQUEST = 4;
    /** How many lanes there are, each with its own callers. */
    public static final int LANES = 2;

    private final Models models;
    private final EmbeddingCache cache;
    private final Executor workers;
    private final Executor answers;
    private final int capacity;
    private final InferenceCounts counts;

    private final Object lock = new Object();
    // guarded by the lock
    private final InferenceQueue fast;
    private final InferenceQueue bulk;
    private final Map<EmbeddingKey, PendingText> inFlight = new HashMap<>();
    private boolean closed;

    /**
     * @param workers  runs at most {@code LANES × callers} tasks of this scheduler at once; each ends when nothing
     *                 waits in its lane
     * @param callers  how many runs of a lane go on at once: the cores
     * @param answers  completes the futures, with all that hangs on them
     * @param capacity texts that may wait in a lane; a request that finds its lane empty is accepted whatever its size
     * @param counts   is told of every text that a model ran on
     */
    public EmbeddingScheduler(
        Models models, EmbeddingCache cache, Executor workers, int callers, Executor answers, int capacity,
        InferenceCounts counts
    ) {
        if (callers < 1 || capacity < 1) {
            throw new IllegalArgumentException(
                "callers [" + callers + "] and capacity [" + capacity + "] must be at least 1"
            );
        }
        this.models = models;
        this.cache = cache;
        this.workers = workers;
        this.answers = answers;
        this.capacity = capacity;
        this.counts = counts;
        fast = new InferenceQueue(capacity, callers);
        bulk = new InferenceQueue(capacity, callers);
    }

    @Override
    public CompletableFuture<List<Embedding>> embed(
        String modelId, List<String> texts, TextType type, LongText longText
    ) {
        if (texts.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        EmbeddingJob job = new EmbeddingJob(texts, answers);
        CompletableFuture<Encoder> model = models.encoder(modelId);
        if (model.isDone() && model.isCompletedExceptionally() == false) {
            String version = model.join().version();
            if (job.recall(text -> cache.get(new EmbeddingKey(modelId, version, type, longText, text)))) {
                return job.answer();
            }
        }
        int places = job.left();
        InferenceQueue lane = type == TextType.QUERY || job.texts().size() <= SMALL_REQUEST ? fast : bulk;
        synchronized (lock) {
            if (closed) {
                return CompletableFuture.failedFuture(stopping());
            }
            if (lane.reserve(places) == false) {
                return CompletableFuture.failedFuture(overloaded(places, lane.waiting()));
            }
        }
        begin(job, lane, places, modelId, type, longText, model, null);
        return job.answer();
    }

    @Override
    public CompletableFuture<String> version(String modelId) {
        return models.encoder(modelId).thenApply(Encoder::version);
    }

    /** How many texts wait. */
    public int waiting() {
        synchronized (lock) {
            return fast.waiting() + bulk.waiting();
        }
    }

    /** Fails all that waits and takes no more; texts under way are finished. Closing again does nothing. */
    @Override
    public void close() {
        List<PendingText> abandoned = new ArrayList<>();
        synchronized (lock) {
            closed = true;
            abandoned.addAll(fast.drain(turn -> true));
            abandoned.addAll(bulk.drain(turn -> true));
        }
        abandoned.forEach(turn -> fail(turn, stopping()));
    }

    /**
     * @param closed an encoder that refused a text because it was closed: if the model still has this encoder, it stays
     *               closed; null for none
     */
    private void begin(
        EmbeddingJob job, InferenceQueue lane, int places, String modelId, TextType type, LongText longText,
        CompletableFuture<Encoder> model, Encoder closed
    ) {
        model.whenComplete((encoder, failure) -> {
            if (failure == null && encoder != closed && encoder.retain() == false) {
                // reloaded at this moment: what took its place serves as well
                begin(job, lane, places, modelId, type, longText, models.encoder(modelId), encoder);
                return;
            }
            ModelException problem;
            if (failure != null) {
                problem = asModelException(failure);
            } else if (encoder == closed) {
                problem = stopping();
            } else {
                problem = enqueue(job, lane, places, modelId, type, longText, encoder);
                encoder.release();
            }
            if (problem != null) {
                release(lane, places);
                job.fail(problem);
            } else {
                attend(lane);
            }
        });
    }

    /**
     * Queues texts. Returns why they cannot wait, or null; then the reserved places are theirs.
     *
     * @param encoder retained by the caller
     */
    private ModelException enqueue(
        EmbeddingJob job, InferenceQueue lane, int places, String modelId, TextType type, LongText longText,
        Encoder encoder
    ) {
        synchronized (lock) {
            if (closed) {
                return stopping();
            }
            lane.release(places);
            for (int i = 0; i < job.texts().size(); i++) {
                if (job.has(i)) {
                    continue;
                }
                EmbeddingKey key = new EmbeddingKey(modelId, encoder.version(), type, longText, job.texts().get(i));
                PendingText turn = inFlight.get(key);
                if (turn != null) {
                    counts.shared();
                    if (lane == fast && turn.hurry()) {
                        lane.add(turn);
                    }
                } else {
                    encoder.retain();
                    turn = new PendingText(key, encoder, lane == fast);
                    inFlight.put(key, turn);
                    lane.add(turn);
                }
                turn.join(job, i);
            }
            return null;
        }
    }

    /** Starts threads for waiting texts. */
    private void attend(InferenceQueue lane) {
        int hired;
        synchronized (lock) {
            hired = lane.hire();
        }
        for (int i = 0; i < hired; i++) {
            try {
                workers.execute(() -> work(lane));
            } catch (RejectedExecutionException e) {
                stopped(lane, hired - i);
                return;
            }
        }
    }

    /** Runs texts of a lane until none waits. */
    private void work(InferenceQueue lane) {
        while (true) {
            List<PendingText> dropped = new ArrayList<>();
            List<PendingText> taken;
            synchronized (lock) {
                taken = lane.take(dropped);
                dropped.forEach(turn -> inFlight.remove(turn.key(), turn));
                if (taken.isEmpty()) {
                    lane.leave(1);
                }
            }
            dropped.forEach(turn -> turn.encoder().release());
            if (taken.isEmpty()) {
                return;
            }
            run(taken);
        }
    }

    private void run(List<PendingText> turns) {
        if (turns.size() > 1) {
            PendingText first = turns.get(0);
            try {
                List<Embedding> embeddings = first.encoder()
                    .encodeAll(turns.stream().map(turn -> turn.key().text()).toList(), first.key().type());
                counts.ran();
                for (int i = 0; i < turns.size(); i++) {
                    succeed(turns.get(i), embeddings.get(i));
                }
                return;
            } catch (ModelException e) {
                // which of them it was shows when each is run alone
            } catch (Throwable t) {
                ModelException reason = fatal(first, t);
                turns.forEach(turn -> fail(turn, reason));
                return;
            }
        }
        turns.forEach(this::run);
    }

    private void run(PendingText turn) {
        EmbeddingKey key = turn.key();
        Embedding embedding;
        try {
            embedding = key.longText() == LongText.TRUNCATE ? turn.encoder().encode(key.text(), key.type())
                : turn.encoder().encodeWhole(key.text(), key.type());
            counts.ran();
        } catch (ModelException e) {
            if (e.kind() == Kind.FATAL) {
                disable(turn, e);
            }
            fail(turn, e);
            return;
        } catch (Throwable t) {
            // native code throws errors too, and an error that reaches a pool's thread ends the node
            fail(turn, fatal(turn, t));
            return;
        }
        succeed(turn, embedding);
    }

    private void succeed(PendingText turn, Embedding embedding) {
        counts.embedded(embedding);
        cache.put(turn.key(), embedding);
        finish(turn).forEach(waiter -> waiter.job().put(waiter.text(), embedding));
    }

    private void fail(PendingText turn, ModelException e) {
        finish(turn).forEach(waiter -> waiter.job().fail(e));
    }

    /** Requests that wait for the text; no request can join any more. */
    private List<PendingText.Waiter> finish(PendingText turn) {
        List<PendingText.Waiter> waiters;
        synchronized (lock) {
            inFlight.remove(turn.key(), turn);
            waiters = List.copyOf(turn.waiters());
        }
        turn.encoder().release();
        return waiters;
    }

    /** Workers that could not be had. The rest go on; without any, what waits would wait for ever. */
    private void stopped(InferenceQueue lane, int workersMissing) {
        List<PendingText> abandoned = List.of();
        synchronized (lock) {
            lane.leave(workersMissing);
            if (lane.unattended()) {
                abandoned = lane.drain(turn -> true);
            }
        }
        abandoned.forEach(turn -> fail(turn, overloaded(1, 0)));
    }

    private void release(InferenceQueue lane, int places) {
        synchronized (lock) {
            lane.release(places);
        }
    }

    /** An error says nothing about the text and much about the model. */
    private ModelException fatal(PendingText turn, Throwable t) {
        ModelException reason = new ModelException(
            Kind.FATAL,
            "[interest] model [" + turn.key().modelId() + "] failed and is switched off until it is reloaded: " + t, t
        );
        disable(turn, reason);
        return reason;
    }

    /** The model is not asked again, neither by who comes nor by who waits. */
    private void disable(PendingText turn, ModelException reason) {
        models.disable(turn.key().modelId(), turn.encoder(), reason);
        List<PendingText> abandoned = new ArrayList<>();
        synchronized (lock) {
            abandoned.addAll(fast.drain(other -> other.encoder() == turn.encoder()));
            abandoned.addAll(bulk.drain(other -> other.encoder() == turn.encoder()));
        }
        abandoned.forEach(other -> fail(other, reason));
    }

    private ModelException overloaded(int texts, int waiting) {
        return new ModelException(
            Kind.OVERLOADED,
            "[interest] no room for [" + texts + "] more texts to embed: [" + waiting + "] of at most [" + capacity
                + "] wait already. Nothing was done; send them again later, or fewer at a time"
        );
    }

    private static ModelException stopping() {
        return new ModelException(Kind.UNAVAILABLE, "[interest] the node is stopping: no more texts are embedded");
    }

    private static ModelException asModelException(Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause()
            : failure;
        return cause instanceof ModelException e ? e
            : new ModelException(Kind.BROKEN, "[interest] the model could not be loaded: " + cause, cause);
    }
}
