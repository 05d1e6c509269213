package org.opensearch.interest.core.measure;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LatencyHistogramTest {
    private static final double ERROR = 0.0625;

    @Test
    void nothingRecordedIsNothingRead() {
        assertEquals(new Latencies(0, 0, 0, 0), new LatencyHistogram().read());
    }

    @Test
    void percentilesAreThoseOfTheSortedValues() {
        Random random = new Random(11);
        for (int round = 0; round < 50; round++) {
            LatencyHistogram histogram = new LatencyHistogram();
            double[] millis = new double[1 + random.nextInt(3_000)];
            for (int i = 0; i < millis.length; i++) {
                // from 20 microseconds to some minutes, uniform in the logarithm
                long nanos = (long) (20_000 * Math.pow(10, 7 * random.nextDouble()));
                millis[i] = nanos / 1e6;
                histogram.record(nanos);
            }
            Arrays.sort(millis);
            Latencies read = histogram.read();
            assertEquals(millis.length, read.count());
            assertClose(millis, 0.50, read.p50());
            assertClose(millis, 0.95, read.p95());
            assertClose(millis, 0.99, read.p99());
        }
    }

    private static void assertClose(double[] sorted, double share, double read) {
        double exact = sorted[(int) Math.ceil(share * sorted.length) - 1];
        // the resolution is one microsecond
        assertEquals(exact, read, exact * ERROR + 0.001);
    }

    @Test
    void bucketsFollowEachOtherWithoutAGap() {
        int last = 0;
        for (long micros = 1; micros < 1L << 20; micros++) {
            int bucket = LatencyHistogram.bucket(micros);
            assertTrue(bucket == last || bucket == last + 1, "after bucket " + last + " comes " + bucket);
            assertEquals((double) micros, LatencyHistogram.middle(bucket), micros * ERROR);
            last = bucket;
        }
    }

    @Test
    void whatIsOutsideCountsAtItsEnds() {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.record(-5);
        histogram.record(0);
        assertEquals(new Latencies(2, 0, 0, 0), histogram.read());
        histogram.record(Long.MAX_VALUE);
        assertEquals(3, histogram.read().count());
        assertEquals(97_200_000, histogram.read().p99(), 97_200_000 * ERROR);
    }

    @Test
    void nothingIsLostAmongThreads() throws Exception {
        LatencyHistogram histogram = new LatencyHistogram();
        CountDownLatch go = new CountDownLatch(1);
        Thread[] threads = new Thread[8];
        for (int t = 0; t < threads.length; t++) {
            threads[t] = new Thread(() -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    return;
                }
                for (int i = 0; i < 10_000; i++) {
                    histogram.record(i * 1_000L);
                }
            });
            threads[t].start();
        }
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(80_000, histogram.read().count());
    }
}
