package org.opensearch.interest.evaluation;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Item to item: what the users who took up one item took up as well (Linden, Smith, York: "Amazon.com Recommendations", IEEE Internet
 * Computing 2003). Two items are as alike as the cosine of their columns in the matrix of users and items,
 * users(i and j) / √(users(i) · users(j)), and an item scores by the sum over the user's own items, each fading with its age.
 *
 * <p>Cost: an event costs the user's number of items, of which the last 500 count; memory is bounded an item.
 */
final class CoEngagement implements Part {
    private static final int MOST_ITEMS = 500;
    /** Over all items: with 16 bytes each, a quarter of a gigabyte. */
    private static final int MOST_PAIRS = 16_000_000;

    private final Dataset data;
    private final Fading fading;
    private final SparseRow[] together;
    private final int mostInRow;
    private final int[] users;
    private final int[][] taken;
    private final int[] takenCount;

    /** @param fading of the user's own items */
    CoEngagement(Dataset data, Fading fading) {
        this.data = data;
        this.fading = fading;
        this.together = new SparseRow[data.items()];
        this.mostInRow = Math.clamp(MOST_PAIRS / data.items(), 64, 4096);
        this.users = new int[data.items()];
        this.taken = new int[data.users()][];
        this.takenCount = new int[data.users()];
    }

    /** The same memory, read with another fading: it learns nothing by itself. */
    Part readWith(Fading other) {
        CoEngagement memory = this;
        return new Part() {
            @Override
            public void score(Case c, Answers answers, float[] into) {
                memory.score(c, other, into);
            }

            @Override
            public List<Part> parts() {
                return List.of(memory);
            }
        };
    }

    @Override
    public void learn(int event) {
        if (data.engaged(event) == false) {
            return;
        }
        int user = data.user(event);
        int item = data.item(event);
        int[] own = taken[user] == null ? taken[user] = new int[4] : taken[user];
        int count = takenCount[user];
        for (int n = 0; n < count; n++) {
            if (own[n] == item) {
                return;
            }
        }
        users[item]++;
        for (int n = 0; n < count; n++) {
            row(item).add(own[n], 1);
            row(own[n]).add(item, 1);
        }
        if (count == MOST_ITEMS) {
            System.arraycopy(own, 1, own, 0, MOST_ITEMS - 1);
            own[MOST_ITEMS - 1] = item;
            return;
        }
        if (count == own.length) {
            own = taken[user] = Arrays.copyOf(own, Math.min(MOST_ITEMS, 2 * count));
        }
        own[count] = item;
        takenCount[user]++;
    }

    private SparseRow row(int item) {
        return together[item] == null ? together[item] = new SparseRow(mostInRow) : together[item];
    }

    @Override
    public void score(Case c, Answers answers, float[] into) {
        score(c, fading, into);
    }

    private void score(Case c, Fading how, float[] into) {
        float[] scale = new float[into.length];
        for (int i = 0; i < scale.length; i++) {
            scale[i] = users[i] == 0 ? 0 : (float) (1 / Math.sqrt(users[i]));
        }
        BitSet done = new BitSet();
        int left = MOST_ITEMS;
        for (int n = c.seen() - 1; n >= 0 && left > 0; n--) {
            int event = data.own(c.user(), n);
            int item = data.item(event);
            if (data.engaged(event) && done.get(item) == false) {
                done.set(item);
                left--;
                if (together[item] != null) {
                    float worth = (float) how.of(data, c, n);
                    together[item].addTo(worth * scale[item], scale, into);
                }
            }
        }
    }
}
