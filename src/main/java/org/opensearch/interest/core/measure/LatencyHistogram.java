package org.opensearch.interest.core.measure;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long things took, from a microsecond to a day. Recording is one atomic increment without a lock or an allocation;
 * a percentile is exact to 6.25 % of its value. Thread-safe; a reading taken while others record is some state in
 * between. <p> Eight buckets an octave (HdrHistogram's idea with fewer digits, in 2 KiB): the error stays the same
 * share of the value at every scale, which is how latencies are compared.
 */
public final class LatencyHistogram {
    private static final int SUB_BITS = 3;
    private static final int SUB = 1 << SUB_BITS;
    /** microseconds in 27 hours: 2^36.5 */
    private static final long MOST_MICROS = 97_200_000_000L;

    private final AtomicLongArray buckets = new AtomicLongArray(bucket(MOST_MICROS) + 1);

    /** @param nanos what is below a microsecond counts as none, what is above 27 hours as 27 hours */
    public void record(long nanos) {
        buckets.incrementAndGet(bucket(Math.clamp(nanos / 1_000, 0, MOST_MICROS)));
    }

    /** What was recorded until now. */
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

    /** In milliseconds; 0 where nothing was recorded. */
    private static double percentile(long[] counts, long total, double share) {
        long rank = (long) Math.ceil(share * total);
        long seen = 0;
        for (int i = 0; i < counts.length && total > 0; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return middle(i) / 1_000;
            }
        }
        return 0;
    }

    /**
     * Values below {@value #SUB} have a bucket each; above, the exponent and the three bits that follow the first tell
     * the bucket.
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
