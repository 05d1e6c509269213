package org.opensearch.interest.core.engagement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Item to item: what the users who took up one item took up as well (Linden, Smith, York: "Amazon.com Recommendations",
 * IEEE Internet Computing 2003). Two items are as alike as the cosine of their columns in the matrix of users and
 * items, Σ x(u,i)·x(u,j) / (|x(i)|·|x(j)|), where x² is what a user's taking up the item is worth by now: 2^(−age /
 * half-life), counted from the first time that user took it up. So a pair is worth what something is that happened
 * halfway between its two events; where nothing fades, the sums count users. All fade alike, so that a cosine does not
 * depend on when it is read.
 *
 * <p>Cost: an event costs the user's number of items. Memory is bounded: some 8 to 16 bytes a pair, and of each item's
 * pairs the heaviest are kept. Not thread-safe; may be read by several threads while no thread writes.
 */
public final class CoEngagement {
    /** More items say no more of what goes together, and cost every further event. */
    public static final int MOST_TAKEN = 500;
    /** Half-lives between landmark and now: far within a float's range. */
    private static final double FARTHEST = 50;
    private static final int MOST_IN_ROW = 4096;
    private static final int LEAST_IN_ROW = 64;

    private static final Comparator<Pair> NEAREST_LAST = Comparator.<Pair>comparingDouble(Pair::cosine)
        .thenComparing(Comparator.comparingInt(Pair::item).reversed());

    private final double halfLife;
    private final int mostPairs;
    private SparseRow[] rows = new SparseRow[16];
    private double[] squares = new double[16];
    private int items;
    private long landmark = Long.MIN_VALUE;

    /** Items that one user engaged with, each once: the latest of them. Belongs to one {@link CoEngagement}. */
    public static final class Taken {
        private int[] items = new int[4];
        /** null where nothing fades */
        private long[] times;
        private int count;

        private boolean has(int item) {
            for (int n = 0; n < count; n++) {
                if (items[n] == item) {
                    return true;
                }
            }
            return false;
        }

        private void add(int item, long time, boolean fading) {
            if (fading && times == null) {
                times = new long[items.length];
            }
            if (count == MOST_TAKEN) {
                System.arraycopy(items, 1, items, 0, --count);
                if (fading) {
                    System.arraycopy(times, 1, times, 0, count);
                }
            } else if (count == items.length) {
                items = Arrays.copyOf(items, Math.min(MOST_TAKEN, 2 * count));
                times = fading ? Arrays.copyOf(times, items.length) : null;
            }
            items[count] = item;
            if (fading) {
                times[count] = time;
            }
            count++;
        }

        long bytes() {
            return 64L + (times == null ? 4L : 12L) * items.length;
        }
    }

    /** An item that goes with another. */
    public record Pair(int item, float cosine) {}

    /**
     * @param halfLife  in milliseconds, above 0; infinite for none
     * @param mostPairs how many pairs are kept, roughly, each from both of its sides; of an item at least its 64
     *                  heaviest
     */
    public CoEngagement(double halfLife, int mostPairs) {
        if ((halfLife > 0) == false) {
            throw new IllegalArgumentException("a half-life must be above 0, but is [" + halfLife + "]");
        }
        this.halfLife = halfLife;
        this.mostPairs = mostPairs;
    }

    /**
     * A user takes up an item; only the first time counts, as far back as is remembered.
     *
     * @param taken what that user took up before
     * @param item  a number, from 0 on without large gaps
     * @param time  in milliseconds, in any order
     */
    public void take(Taken taken, int item, long time) {
        if (taken.has(item)) {
            return;
        }
        know(item);
        double own = worth(time);
        squares[item] += own * own;
        int mostInRow = Math.clamp(mostPairs / items, LEAST_IN_ROW, MOST_IN_ROW);
        for (int n = 0; n < taken.count; n++) {
            int other = taken.items[n];
            float together = (float) (own * (taken.times == null ? 1 : worth(taken.times[n])));
            row(item).add(other, together, mostInRow);
            row(other).add(item, together, mostInRow);
        }
        taken.add(item, time, fades());
    }

    private boolean fades() {
        return halfLife < Double.POSITIVE_INFINITY;
    }

    private void know(int item) {
        if (item >= rows.length) {
            int more = Math.max(item + 1, rows.length + (rows.length >> 1));
            rows = Arrays.copyOf(rows, more);
            squares = Arrays.copyOf(squares, more);
        }
        items = Math.max(items, item + 1);
    }

    private SparseRow row(int item) {
        if (rows[item] == null) {
            rows[item] = new SparseRow();
        }
        return rows[item];
    }

    /** x(u,i): the square root of what has a weight of one at the landmark. */
    private double worth(long time) {
        if (fades() == false) {
            return 1;
        }
        if (landmark == Long.MIN_VALUE) {
            landmark = time;
        }
        if (time - landmark > FARTHEST * halfLife) {
            double factor = Math.pow(2, -(time - landmark) / halfLife);
            for (int item = 0; item < items; item++) {
                squares[item] *= factor;
                if (rows[item] != null) {
                    rows[item].scale((float) factor);
                }
            }
            landmark = time;
        }
        return Math.pow(2, (time - landmark) / (2 * halfLife));
    }

    /** Cosine in [0,1]; 0 for an item without engagement, and for a pair that was dropped. */
    public float cosine(int item, int other) {
        return item >= items || other >= items || rows[item] == null ? 0 : cosine(rows[item].sum(other), item, other);
    }

    /** Rounding, and users who came back to what had been forgotten of them, can carry it beyond one. */
    private float cosine(float together, int item, int other) {
        double lengths = Math.sqrt(squares[item]) * Math.sqrt(squares[other]);
        return lengths > 0 ? (float) Math.min(1, together / lengths) : 0;
    }

    /** @return what goes with an item, the nearest first; of equals, that of the lower number */
    public List<Pair> pairs(int item, int most) {
        if (item >= items || rows[item] == null) {
            return List.of();
        }
        PriorityQueue<Pair> nearest = new PriorityQueue<>(NEAREST_LAST);
        rows[item].each((other, together) -> {
            Pair pair = new Pair(other, cosine(together, item, other));
            if (pair.cosine() > 0 && (nearest.size() < most || NEAREST_LAST.compare(pair, nearest.peek()) > 0)) {
                nearest.add(pair);
                if (nearest.size() > most) {
                    nearest.remove();
                }
            }
        });
        List<Pair> pairs = new ArrayList<>(nearest);
        pairs.sort(NEAREST_LAST.reversed());
        return List.copyOf(pairs);
    }

    /**
     * Norms that turn sums into cosines.
     *
     * @return by item, one over its length; 0 without engagement
     */
    public float[] scales(int count) {
        float[] scales = new float[count];
        for (int i = 0; i < Math.min(count, items); i++) {
            scales[i] = squares[i] > 0 ? (float) (1 / Math.sqrt(squares[i])) : 0;
        }
        return scales;
    }

    /** into[j] += worth · cosine(item, j), for every j that goes with the item. */
    public void addTo(int item, float worth, float[] scales, float[] into) {
        if (item < items && rows[item] != null) {
            rows[item].addTo(worth * scales[item], scales, into);
        }
    }

    long bytes() {
        long bytes = 16L * rows.length;
        for (SparseRow row : rows) {
            bytes += row == null ? 0 : row.bytes();
        }
        return bytes;
    }
}
