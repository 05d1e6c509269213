package org.opensearch.interest.core.evaluation.data;

/** Sorts the numbers 0 … n−1 by their times, stably and without one object per number: a merge sort over ints. */
final class TimeOrder {
    private TimeOrder() {}

    static int[] of(long[] time, int size) {
        int[] from = new int[size];
        for (int i = 0; i < size; i++) {
            from[i] = i;
        }
        int[] to = new int[size];
        for (int width = 1; width < size && width > 0; width *= 2) {
            for (int start = 0; start < size; start += 2 * width) {
                int middle = Math.min(start + width, size);
                int end = (int) Math.min((long) start + 2L * width, size);
                merge(time, from, to, start, middle, end);
                if (end == size) {
                    break;
                }
            }
            int[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    private static void merge(long[] time, int[] from, int[] to, int start, int middle, int end) {
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean takeLeft = right >= end || (left < middle && time[from[left]] <= time[from[right]]);
            to[i] = takeLeft ? from[left++] : from[right++];
        }
    }
}
