package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.engagement.CoEngagement;
import org.opensearch.interest.core.evaluation.data.Case;
import org.opensearch.interest.core.evaluation.data.Dataset;

import java.util.BitSet;

/**
 * Scores an item by the sum of its co-engagement cosines to the user's own items, each decayed by the age of the own
 * item.
 */
public final class ItemToItem implements Scorer {
    private static final int MOST_ITEMS = CoEngagement.MOST_TAKEN;
    /** Limit over all items: at 16 bytes per pair, a quarter of a gigabyte. */
    private static final int MOST_PAIRS = 16_000_000;

    private final Dataset data;
    private final DecayFunction decay;
    private final CoEngagement coEngagement;
    private final CoEngagement.Taken[] engagements;

    /** @param decay of the user's own items */
    public ItemToItem(Dataset data, DecayFunction decay) {
        this.data = data;
        this.decay = decay;
        this.coEngagement = new CoEngagement(Double.POSITIVE_INFINITY, MOST_PAIRS);
        this.engagements = new CoEngagement.Taken[data.users()];
    }

    /** Returns a scorer that reads the same counts with another decay; it learns nothing by itself. */
    Scorer readWith(DecayFunction otherDecay) {
        return readBy((c, cache, into) -> score(c, otherDecay, into));
    }

    @Override
    public void learn(int event) {
        if (data.engaged(event)) {
            int user = data.user(event);
            if (engagements[user] == null) {
                engagements[user] = new CoEngagement.Taken();
            }
            coEngagement.take(engagements[user], data.item(event), data.time(event));
        }
    }

    @Override
    public void score(Case c, ScoreCache cache, float[] into) {
        score(c, decay, into);
    }

    private void score(Case c, DecayFunction otherDecay, float[] into) {
        float[] scales = coEngagement.scales(into.length);
        BitSet done = new BitSet();
        int left = MOST_ITEMS;
        for (int n = c.seen() - 1; n >= 0 && left > 0; n--) {
            int event = data.own(c.user(), n);
            int item = data.item(event);
            if (data.engaged(event) && done.get(item) == false) {
                done.set(item);
                left--;
                coEngagement.addTo(item, (float) otherDecay.of(data, c, n), scales, into);
            }
        }
    }
}
