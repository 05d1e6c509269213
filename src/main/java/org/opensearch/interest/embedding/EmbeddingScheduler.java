package org.opensearch.interest.embedding;

import org.opensearch.interest.embedding.ModelException.Kind;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Gives every text its turn at a model: each alone, by as many callers at once as there are cores, equal texts of a request once.
 * <p>
 * One text a run, because a dynamically quantized model takes its scale from everything in a run, so that a text's vector would
 * depend on its neighbours; callers in parallel win back most of what batches would bring, and lose nothing on long texts.
 * <p>
 * Two lanes: searches and small requests wait in the fast one, so that a bulk load of an hour does not stand before them; after
 * {@value #FAST_TURNS} fast texts in a row one of the bulk lane is taken, so that it never stands still. Each lane is bounded.
 * Thread-safe.
 */
public final class EmbeddingScheduler implements Embedder, AutoCloseable {
    /** A request with no more texts than this counts as small. */
    static final int SMALL_REQUEST = 4;
    static final int FAST_TURNS = 8;

    private final Models models;
    private final Executor workers;
    private final int callers;
    private final Executor answers;
    private final int capacity;
    private final InferenceCounts counts;

    private final Object lock = new Object();
    // guarded by the lock
    private final Lane fast;
    private final Lane bulk;
    private int fastTurns;
    private int running;
    private boolean closed;

    /**
     * @param workers  runs at most {@code callers} tasks of this scheduler at once; each ends when nothing waits
     * @param callers  how many texts run at once: the cores
     * @param answers  completes the futures, with all that hangs on them
     * @param capacity texts that may wait in a lane; a request that finds its lane empty is accepted whatever its size
     * @param counts   is told of every text that a model ran on
     */
    public EmbeddingScheduler(Models models, Executor workers, int callers, Executor answers, int capacity, InferenceCounts counts) {
        if (callers < 1 || capacity < 1) {
            throw new IllegalArgumentException("callers [" + callers + "] and capacity [" + capacity + "] must be at least 1");
        }
        this.models = models;
        this.workers = workers;
        this.callers = callers;
        this.answers = answers;
        this.capacity = capacity;
        this.counts = counts;
        fast = new Lane(capacity);
        bulk = new Lane(capacity);
    }

    @Override
    public CompletableFuture<List<Embedding>> embed(String modelId, List<String> texts, TextType type, LongText longText) {
        if (texts.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        EmbeddingJob job = new EmbeddingJob(modelId, texts, type, longText, answers, counts);
        Lane lane = type == TextType.QUERY || job.size() <= SMALL_REQUEST ? fast : bulk;
        synchronized (lock) {
            if (closed) {
                return CompletableFuture.failedFuture(stopping());
            }
            if (lane.reserve(job.size()) == false) {
                return CompletableFuture.failedFuture(overloaded(job.size(), lane.waiting()));
            }
        }
        models.encoder(modelId).whenComplete((encoder, failure) -> {
            if (failure == null) {
                enqueue(job, lane, encoder);
            } else {
                release(job, lane);
                job.fail(asModelException(failure));
            }
        });
        return job.answer();
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
        List<EmbeddingJob> abandoned = new ArrayList<>();
        synchronized (lock) {
            closed = true;
            abandoned.addAll(fast.drain());
            abandoned.addAll(bulk.drain());
        }
        abandoned.forEach(job -> job.fail(stopping()));
    }

    private void enqueue(EmbeddingJob job, Lane lane, Encoder encoder) {
        int wanted;
        boolean late;
        synchronized (lock) {
            late = closed;
            if (late) {
                lane.release(job.size());
                wanted = 0;
            } else {
                job.encoder(encoder);
                lane.add(job);
                wanted = Math.min(callers - running, job.size());
                running += wanted;
            }
        }
        if (late) {
            job.fail(stopping());
        }
        for (int i = 0; i < wanted; i++) {
            try {
                workers.execute(this::work);
            } catch (RejectedExecutionException e) {
                stopped(wanted - i);
                return;
            }
        }
    }

    /** Runs texts until none waits. */
    private void work() {
        while (true) {
            EmbeddingJob job;
            int text;
            synchronized (lock) {
                Lane lane = turn();
                if (lane == null) {
                    running--;
                    return;
                }
                job = lane.head();
                text = lane.start(job);
            }
            job.run(text);
        }
    }

    /** The lane to take from, or null where nothing waits. */
    private Lane turn() {
        boolean bulkWaits = bulk.head() != null;
        if (fast.head() == null || (bulkWaits && fastTurns >= FAST_TURNS)) {
            fastTurns = 0;
            return bulkWaits ? bulk : null;
        }
        fastTurns++;
        return fast;
    }

    /** Workers that could not be had. The rest go on; without any, what waits would wait for ever. */
    private void stopped(int workersMissing) {
        List<EmbeddingJob> abandoned = new ArrayList<>();
        synchronized (lock) {
            running -= workersMissing;
            if (running == 0) {
                abandoned.addAll(fast.drain());
                abandoned.addAll(bulk.drain());
            }
        }
        abandoned.forEach(job -> job.fail(overloaded(job.size(), 0)));
    }

    private void release(EmbeddingJob job, Lane lane) {
        synchronized (lock) {
            lane.release(job.size());
        }
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
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof ModelException e ? e : new ModelException(Kind.BROKEN, "[interest] the model could not be loaded: " + cause, cause);
    }
}
