package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.engagement.CoEngagement;
import org.opensearch.interest.core.evaluation.data.Case;
import org.opensearch.interest.core.evaluation.data.Dataset;

import java.util.BitSet;

/** Scores an item by the sum of its cosines to the user's own items, each fading with its age. */
public final class ItemToItem implements Scorer {
    private static final int MOST_ITEMS = CoEngagement.MOST_TAKEN;
    /** Over all items: with 16 bytes each, a quarter of a gigabyte. */
    private static final int MOST_PAIRS = 16_000_000;

    private final Dataset data;
    private final DecayFunction fading;
    private final CoEngagement together;
    private final CoEngagement.Taken[] taken;

    /** @param fading of the user's own items */
    public ItemToItem(Dataset data, DecayFunction fading) {
        this.data = data;
        this.fading = fading;
        this.together = new CoEngagement(Double.POSITIVE_INFINITY, MOST_PAIRS);
        this.taken = new CoEngagement.Taken[data.users()];
    }

    /** The same memory, read with another fading: it learns nothing by itself. */
    Scorer readWith(DecayFunction other) {
        return readBy((c, answers, into) -> score(c, other, into));
    }

    @Override
    public void learn(int event) {
        if (data.engaged(event)) {
            int user = data.user(event);
            if (taken[user] == null) {
                taken[user] = new CoEngagement.Taken();
            }
            together.take(taken[user], data.item(event), data.time(event));
        }
    }

    @Override
    public void score(Case c, ScoreCache answers, float[] into) {
        score(c, fading, into);
    }

    private void score(Case c, DecayFunction how, float[] into) {
        float[] scales = together.scales(into.length);
        BitSet done = new BitSet();
        int left = MOST_ITEMS;
        for (int n = c.seen() - 1; n >= 0 && left > 0; n--) {
            int event = data.own(c.user(), n);
            int item = data.item(event);
            if (data.engaged(event) && done.get(item) == false) {
                done.set(item);
                left--;
                together.addTo(item, (float) how.of(data, c, n), scales, into);
            }
        }
    }
}
