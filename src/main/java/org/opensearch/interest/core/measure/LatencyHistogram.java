package org.opensearch.interest.core.measure;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A histogram of durations from a microsecond to a day. Recording is one atomic increment without a lock or an
 * allocation; a percentile is exact to 6.25 % of its value. Thread-safe; a read during concurrent records may see some
 * of them and miss others.
 *
 * <p>Uses eight buckets per octave (HdrHistogram's idea with fewer digits, in 2 KiB), so that the relative error is the
 * same at every scale, as latencies are compared by ratio.
 */
public final class LatencyHistogram {
    private static final int SUB_BITS = 3;
    private static final int SUB = 1 << SUB_BITS;
    /** Microseconds in 27 hours: 2^36.5. */
    private static final long MOST_MICROS = 97_200_000_000L;

    private final AtomicLongArray buckets = new AtomicLongArray(bucket(MOST_MICROS) + 1);

    /** @param nanos less than a microsecond counts as 0, more than 27 hours as 27 hours */
    public void record(long nanos) {
        buckets.incrementAndGet(bucket(Math.clamp(nanos / 1_000, 0, MOST_MICROS)));
    }

    /** Count and percentiles of all durations recorded until now. */
    public Latencies read() {
        long[] counts = new long[buckets.length()];
        long total = 0;
        for (int i = 0; i < counts.length; i++) {
            counts[i] = buckets.get(i);
            total += counts[i];
        }
        return new Latencies(
            total, percentile(counts, total, 0.50), percentile(counts, total, 0.95), percentile(counts, total, 0.99)
        );
    }

    /** In milliseconds; 0 if nothing was recorded. */
    private static double percentile(long[] counts, long total, double share) {
        long rank = (long) Math.ceil(share * total);
        long cumulative = 0;
        for (int i = 0; i < counts.length && total > 0; i++) {
            cumulative += counts[i];
            if (cumulative >= rank) {
                return middle(i) / 1_000;
            }
        }
        return 0;
    }

    /**
     * The bucket of a value. Each value below {@value #SUB} has its own; for larger ones the exponent and the three
     * bits after the leading one select the bucket.
     */
    static int bucket(long micros) {
        if (micros < SUB) {
            return (int) micros;
        }
        int shift = 63 - Long.numberOfLeadingZeros(micros) - SUB_BITS;
        return (shift + 1) * SUB + (int) (micros >>> shift) - SUB;
    }

    /** The middle of a bucket, in microseconds. */
    static double middle(int bucket) {
        if (bucket < SUB) {
            return bucket;
        }
        int shift = bucket / SUB - 1;
        long lowest = (long) (bucket % SUB + SUB) << shift;
        return lowest + ((1L << shift) - 1) / 2.0;
    }
}
