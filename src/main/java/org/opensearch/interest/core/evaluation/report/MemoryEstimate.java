package org.opensearch.interest.core.evaluation.report;

/**
 * How much memory an evaluation takes, estimated beforehand and rather too high: what is refused in time takes nobody's
 * memory.
 */
public final class MemoryEstimate {
    private static final long PER_EVENT = 250;
    private static final long PER_ITEM = 600;
    /** Vectors as they were read, the table of them, and the mapped ones with theirs. */
    private static final long COPIES = 4;
    private static final long MOST_LESSONS = 64_000_000L * Float.BYTES;
    private static final long LESSON_CASES = 2_000;
    private static final long FEATURES = 10;
    private static final long MOST_PAIRS = 16_000_000L * 16;
    private static final long PAIRS_OF_EVENT = 50;
    private static final long FIGURES_OF_CASE = 50 * 15;

    private MemoryEstimate() {}

    /** Of events alone, before anything else is known. */
    public static long events(long events) {
        return events * PER_EVENT;
    }

    /** Of what an event brings along beside itself: a vector's numbers, or references to items that were shown. */
    public static long brought(int numbers) {
        return 100 + 8L * numbers;
    }

    /** Of items with their texts and vectors, in bytes; {@code searches} are vectors as well. */
    public static long catalogue(long items, long searches, int dimension) {
        return items * PER_ITEM + (COPIES * items + searches) * dimension * Float.BYTES;
    }

    /** Of what methods learn and of the figures that come out, beside the data. */
    public static long work(long events, long items, long cases) {
        long training = Math.min(MOST_LESSONS, LESSON_CASES * items * FEATURES * Float.BYTES);
        long pairs = Math.min(MOST_PAIRS, events * PAIRS_OF_EVENT * 16);
        long answers = items * Float.BYTES * 60;
        return training + pairs + answers + cases * FIGURES_OF_CASE * Double.BYTES;
    }
}
