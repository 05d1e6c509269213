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
 * Pool of at most the allowed number of threads, all its own, because the common pool of a node belongs to others. The
 * calling thread works too, so that a pool of size one has no thread of its own. Results do not depend on the size. For
 * one caller at a time.
 */
public final class WorkerPool implements AutoCloseable {
    private final int size;
    /** null if the size is one */
    private final ExecutorService helpers;

    /** @param size at least 1 */
    public WorkerPool(int size) {
        this.size = size;
        this.helpers = size == 1 ? null : Executors.newFixedThreadPool(size - 1);
    }

    /**
     * Runs every step once, in any order, and returns when all have run.
     *
     * @throws RuntimeException the first exception of a step; steps that have not begun are left out, and running ones
     *                          are interrupted
     */
    public void each(int count, IntConsumer step) {
        AtomicInteger next = new AtomicInteger();
        Runnable work = () -> {
            boolean finished = false;
            try {
                for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                    step.accept(i);
                }
                finished = true;
            } finally {
                // after a failure, the result of the other steps is not needed
                next.accumulateAndGet(finished ? 0 : count, Math::max);
            }
        };
        List<Future<?>> futures = new ArrayList<>();
        for (int n = 1; n < Math.min(size, count); n++) {
            futures.add(helpers.submit(work));
        }
        boolean complete = false;
        try {
            work.run();
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            for (Future<?> future : futures) {
                future.get();
            }
            complete = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the evaluation was interrupted", e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            if (complete == false) {
                futures.forEach(future -> future.cancel(true));
            }
        }
    }

    private static RuntimeException failure(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
    }

    /** Returns one number per step, at the step's index. */
    public double[] numbers(int count, IntToDoubleFunction step) {
        double[] numbers = new double[count];
        each(count, i -> numbers[i] = step.applyAsDouble(i));
        return numbers;
    }

    @Override
    public void close() {
        if (helpers != null) {
            helpers.shutdownNow();
            // waits, because running steps hold memory that the caller releases next
            helpers.close();
        }
    }
}
