package org.opensearch.interest.core.engagement;

import java.util.Arrays;

/**
 * Sums by number, in open addressing: 8 to 16 bytes an entry. Bounded: where it would hold too many, the lighter half
 * is forgotten.
 */
final class SparseRow {
    private int size;
    private int[] keys = new int[8];
    private float[] sums = new float[8];

    /** Of one entry. */
    @FunctionalInterface
    interface Visitor {
        void visit(int key, float sum);
    }

    /** @param most entries, at least 8 */
    void add(int key, float amount, int most) {
        int slot = slot(key);
        if (keys[slot] == 0) {
            if (2 * (size + 1) > keys.length) {
                makeRoom(most);
                slot = slot(key);
            }
            keys[slot] = key + 1;
            size++;
        }
        sums[slot] += amount;
    }

    private int slot(int key) {
        int slot = (key * 0x9E3779B9) >>> (32 - Integer.numberOfTrailingZeros(keys.length));
        while (keys[slot] != 0 && keys[slot] != key + 1) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    private void makeRoom(int most) {
        int[] oldKeys = keys;
        float[] oldSums = sums;
        float least = Float.NEGATIVE_INFINITY;
        if (size >= most) {
            float[] sorted = new float[size];
            int n = 0;
            for (int slot = 0; slot < oldKeys.length; slot++) {
                if (oldKeys[slot] != 0) {
                    sorted[n++] = oldSums[slot];
                }
            }
            Arrays.sort(sorted);
            // strictly above the median: where all weigh the same, all are forgotten, which is what they are worth
            least = Math.nextUp(sorted[size / 2]);
        } else {
            keys = new int[2 * oldKeys.length];
        }
        keys = new int[keys.length];
        sums = new float[keys.length];
        size = 0;
        for (int slot = 0; slot < oldKeys.length; slot++) {
            if (oldKeys[slot] != 0 && oldSums[slot] >= least) {
                int place = slot(oldKeys[slot] - 1);
                keys[place] = oldKeys[slot];
                sums[place] = oldSums[slot];
                size++;
            }
        }
    }

    /** into[key] += factor · sum · each[key], for every key */
    void addTo(float factor, float[] each, float[] into) {
        for (int slot = 0; slot < keys.length; slot++) {
            if (keys[slot] != 0) {
                int key = keys[slot] - 1;
                into[key] += factor * sums[slot] * each[key];
            }
        }
    }

    void each(Visitor visitor) {
        for (int slot = 0; slot < keys.length; slot++) {
            if (keys[slot] != 0) {
                visitor.visit(keys[slot] - 1, sums[slot]);
            }
        }
    }

    void scale(float factor) {
        for (int slot = 0; slot < sums.length; slot++) {
            sums[slot] *= factor;
        }
    }

    float sum(int key) {
        int slot = slot(key);
        return keys[slot] == 0 ? 0 : sums[slot];
    }

    long bytes() {
        return 64L + 8L * keys.length;
    }
}
