package org.opensearch.interest.core.evaluation.report;

/**
 * Estimate of the memory that an evaluation takes, made beforehand and rather too high, so that a refused evaluation
 * takes no memory.
 */
public final class MemoryEstimate {
    private static final long PER_EVENT = 250;
    private static final long PER_ITEM = 600;
    /** Vectors as they were read, their table, and the transformed vectors with their table. */
    private static final long COPIES = 4;
    private static final long MOST_TRAINING_BYTES = 64_000_000L * Float.BYTES;
    private static final long TRAINING_CASES = 2_000;
    private static final long FEATURES = 10;
    private static final long MOST_PAIRS = 16_000_000L * 16;
    private static final long PAIRS_OF_EVENT = 50;
    private static final long VALUES_OF_CASE = 50 * 15;

    private MemoryEstimate() {}

    /** Memory of events alone, before anything else is known. */
    public static long events(long events) {
        return events * PER_EVENT;
    }

    /** Memory of the data that comes with an event: the numbers of a vector, or references to shown items. */
    public static long brought(int numbers) {
        return 100 + 8L * numbers;
    }

    /** Memory of items with their texts and vectors, in bytes; {@code searches} are vectors as well. */
    public static long catalogue(long items, long searches, int dimension) {
        return items * PER_ITEM + (COPIES * items + searches) * dimension * Float.BYTES;
    }

    /** Memory of the learned state of methods and of the resulting figures, beside the data. */
    public static long work(long events, long items, long cases) {
        long training = Math.min(MOST_TRAINING_BYTES, TRAINING_CASES * items * FEATURES * Float.BYTES);
        long pairs = Math.min(MOST_PAIRS, events * PAIRS_OF_EVENT * 16);
        long scores = items * Float.BYTES * 60;
        return training + pairs + scores + cases * VALUES_OF_CASE * Double.BYTES;
    }
}
