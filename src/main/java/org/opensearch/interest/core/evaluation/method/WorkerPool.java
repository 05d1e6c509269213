package org.opensearch.interest.core.evaluation.method;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.IntToDoubleFunction;

/**
 * As many threads as were allowed, and none that belong to others: in a node the common pool is not ours to fill. The
 * one who asks works along, so that a crew of one has no thread of its own. What it answers does not depend on how many
 * they are. For one caller at a time.
 */
public final class WorkerPool implements AutoCloseable {
    private final int size;
    /** null for a crew of one */
    private final ExecutorService others;

    /** @param size at least 1 */
    public WorkerPool(int size) {
        this.size = size;
        this.others = size == 1 ? null : Executors.newFixedThreadPool(size - 1);
    }

    /**
     * Takes every step once, in any order, and returns when all are taken.
     *
     * @throws RuntimeException the first that a step throws; the steps that nobody began are left out, and those under
     *                          way interrupted
     */
    public void each(int count, IntConsumer step) {
        AtomicInteger next = new AtomicInteger();
        Runnable work = () -> {
            boolean fine = false;
            try {
                for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                    step.accept(i);
                }
                fine = true;
            } finally {
                // nobody needs the rest of what has failed
                next.accumulateAndGet(fine ? 0 : count, Math::max);
            }
        };
        List<Future<?>> helping = new ArrayList<>();
        for (int n = 1; n < Math.min(size, count); n++) {
            helping.add(others.submit(work));
        }
        boolean whole = false;
        try {
            work.run();
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            for (Future<?> one : helping) {
                one.get();
            }
            whole = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the evaluation was interrupted", e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            if (whole == false) {
                helping.forEach(one -> one.cancel(true));
            }
        }
    }

    private static RuntimeException failure(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
    }

    /** One number a step, each in its place. */
    public double[] numbers(int count, IntToDoubleFunction step) {
        double[] numbers = new double[count];
        each(count, i -> numbers[i] = step.applyAsDouble(i));
        return numbers;
    }

    @Override
    public void close() {
        if (others != null) {
            others.shutdownNow();
            // waits: what still runs holds memory that the caller gives back next
            others.close();
        }
    }
}
