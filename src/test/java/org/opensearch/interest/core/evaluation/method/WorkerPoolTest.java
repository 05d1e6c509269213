package org.opensearch.interest.core.evaluation.method;

import org.junit.jupiter.api.Test;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Tests of the threads that belong to an evaluation. */
class WorkerPoolTest {
    @Test
    void everyStepIsTakenOnceWhateverTheSize() {
        for (int size : new int[]{ 1, 2, 5 }) {
            try (WorkerPool pool = new WorkerPool(size)) {
                for (int count : new int[]{ 0, 1, 3, 1_000 }) {
                    AtomicIntegerArray taken = new AtomicIntegerArray(count);
                    pool.each(count, taken::incrementAndGet);
                    for (int i = 0; i < count; i++) {
                        assertEquals(1, taken.get(i));
                    }
                }
                assertArrayEquals(new double[]{ 0, 1, 4, 9 }, pool.numbers(4, i -> i * i), 0);
            }
        }
    }

    @Test
    void oneWorksAloneAndNobodyInAPoolOfOthers() {
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        try (WorkerPool pool = new WorkerPool(1)) {
            pool.each(1_000, i -> seen.add(Thread.currentThread()));
        }
        assertEquals(Set.of(Thread.currentThread()), seen);
        try (WorkerPool pool = new WorkerPool(3)) {
            CountDownLatch together = new CountDownLatch(3);
            pool.each(3, i -> {
                seen.add(Thread.currentThread());
                together.countDown();
                await(together);
            });
        }
        assertEquals(3, seen.size());
        assertTrue(seen.stream().noneMatch(ForkJoinWorkerThread.class::isInstance));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theFirstFailureEndsIt() {
        IllegalArgumentException wrong = new IllegalArgumentException("wrong");
        for (int size : new int[]{ 1, 4 }) {
            AtomicIntegerArray taken = new AtomicIntegerArray(1);
            try (WorkerPool pool = new WorkerPool(size)) {
                assertSame(wrong, assertThrows(IllegalArgumentException.class, () -> pool.each(1_000_000, i -> {
                    taken.incrementAndGet(0);
                    throw wrong;
                })));
            }
            assertTrue(taken.get(0) <= size, "each thread fails at its first step: " + taken);
        }
    }

    @Test
    void anInterruptedOneDoesNotReturnAsIfAllWereDone() {
        for (int size : new int[]{ 1, 2 }) {
            try (WorkerPool pool = new WorkerPool(size)) {
                Thread.currentThread().interrupt();
                assertThrows(IllegalStateException.class, () -> pool.each(10, i -> {}));
                assertTrue(Thread.interrupted(), "whoever asked is told");
            }
        }
        assertFalse(Thread.interrupted());
    }
}
