package org.opensearch.interest.core.engagement;

import java.util.Arrays;

/**
 * Decayed counts of engagement per item. The half-life is learned: several are counted at once, and the one that
 * predicted the next events best is used (by the likelihood of each event, before it is counted). Fashion thus decays
 * in days and a steady trade in years, without a setting. Timestamps that are all equal are read without decay.
 *
 * <p>Few events are left of a short half-life, and most items have none among them. Each half-life therefore falls back
 * on what was taken up ever, as a Dirichlet prior does (Zhai, Lafferty: "A Study of Smoothing Methods", SIGIR 2001),
 * and is judged by what it adds to that. Smoothed evenly instead, the short ones lose because they have seen little,
 * however right they are.
 *
 * <p>Memory: 48 bytes an item. Not thread-safe; may be read by several threads while no thread writes.
 */
public final class DecayedCounts {
    private static final double DAY = 86_400_000;
    /** The longest first: of equals it wins. */
    private static final double[] HALF_LIVES = { Double.POSITIVE_INFINITY, 365 * DAY, 90 * DAY, 30 * DAY, 7 * DAY,
        DAY };
    /** Half-lives between landmark and now: far within a double's range. */
    private static final double FARTHEST = 500;

    private final double[][] counts = new double[HALF_LIVES.length][16];
    private final double[] totals = new double[HALF_LIVES.length];
    private final double[] surprise = new double[HALF_LIVES.length];
    private final long[] landmarks = new long[HALF_LIVES.length];
    private int items;
    private long events;

    /**
     * @param item a number, from 0 on without large gaps
     * @param time in milliseconds, in rising order
     */
    public void take(int item, long time) {
        if (events++ == 0) {
            Arrays.fill(landmarks, time);
        }
        items = Math.max(items, item + 1);
        double known = item < counts[0].length ? counts[0][item] : 0;
        // as if each item had been taken up once more: what was never seen is no miracle
        double ever = (known + 1) / (totals[0] + items);
        for (int h = 0; h < HALF_LIVES.length; h++) {
            if (item >= counts[h].length) {
                counts[h] = Arrays.copyOf(counts[h], Math.max(item + 1, 2 * counts[h].length));
            }
            if ((time - landmarks[h]) / HALF_LIVES[h] > FARTHEST) {
                move(h, time);
            }
            double worth = Math.pow(2, (time - landmarks[h]) / HALF_LIVES[h]);
            surprise[h] -= Math.log((counts[h][item] / worth + items * ever) / (totals[h] / worth + items));
            counts[h][item] += worth;
            totals[h] += worth;
        }
    }

    private void move(int h, long time) {
        double factor = Math.pow(2, -(time - landmarks[h]) / HALF_LIVES[h]);
        for (int i = 0; i < items; i++) {
            counts[h][i] *= factor;
        }
        totals[h] *= factor;
        landmarks[h] = time;
    }

    private int best() {
        int best = 0;
        for (int h = 1; h < HALF_LIVES.length; h++) {
            best = surprise[h] < surprise[best] ? h : best;
        }
        return best;
    }

    /** In milliseconds; infinite where nothing fades. */
    public double halfLife() {
        return HALF_LIVES[best()];
    }

    /** How many events were counted. */
    public long events() {
        return events;
    }

    public int items() {
        return items;
    }

    /** By item, what is left of its count at a time. */
    public double[] at(long time) {
        int h = best();
        double worth = Math.pow(2, -(time - landmarks[h]) / HALF_LIVES[h]);
        double[] left = Arrays.copyOf(counts[h], items);
        for (int i = 0; i < left.length; i++) {
            left[i] *= worth;
        }
        return left;
    }

    long bytes() {
        return 8L * HALF_LIVES.length * counts[0].length;
    }
}
