package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.evaluation.data.Case;
import org.opensearch.interest.core.evaluation.data.Dataset;

import java.util.Arrays;

/**
 * Scores an item by the number of its recent engagements. A window counts only events before the time of the case, even
 * if later ones were learned.
 */
public final class Popularity implements Scorer {
    private final Dataset data;
    private final long window;
    private final long[][] times;
    private final int[] counts;

    /** @param window in milliseconds; {@link Long#MAX_VALUE} for all time */
    public Popularity(Dataset data, long window) {
        this.data = data;
        this.window = window;
        this.times = new long[window == Long.MAX_VALUE ? 0 : data.items()][];
        this.counts = new int[data.items()];
    }

    @Override
    public void learn(int event) {
        if (data.engaged(event) == false) {
            return;
        }
        int item = data.item(event);
        int count = counts[item]++;
        if (window == Long.MAX_VALUE) {
            return;
        }
        if (times[item] == null) {
            times[item] = new long[4];
        } else if (count == times[item].length) {
            times[item] = Arrays.copyOf(times[item], count + (count >> 1));
        }
        times[item][count] = data.time(event);
    }

    /**
     * Returns a scorer that reads the same counts with another window; it learns nothing by itself, so that many
     * windows cost no more than one.
     */
    Scorer readWith(long otherWindow) {
        return readBy((c, cache, into) -> score(c, otherWindow, into));
    }

    @Override
    public void score(Case c, ScoreCache cache, float[] into) {
        score(c, window, into);
    }

    private void score(Case c, long span, float[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = span == Long.MAX_VALUE ? counts[i] : before(i, c.at()) - before(i, c.at() - span);
        }
    }

    private int before(int item, long at) {
        if (times[item] == null) {
            return 0;
        }
        int index = Arrays.binarySearch(times[item], 0, counts[item], at);
        if (index < 0) {
            return -1 - index;
        }
        while (index > 0 && times[item][index - 1] == at) {
            index--;
        }
        return index;
    }
}
