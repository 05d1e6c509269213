package org.opensearch.interest.core.evaluation.report;

import org.opensearch.interest.core.evaluation.data.Case;
import org.opensearch.interest.core.evaluation.data.Dataset;
import org.opensearch.interest.core.evaluation.data.DatasetBuilder;
import org.opensearch.interest.core.evaluation.data.EvaluationCases;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;

/**
 * Derives other data sets from one: narrower, coarser, shorter. A result that holds for all of them does not depend on
 * the one data set.
 */
public final class Variants {
    private Variants() {}

    /** Keeps that many items, drawn by the seed among those with events, and the events about them. */
    public static Dataset items(Dataset data, int most, long seed) {
        BitSet used = new BitSet();
        for (int e = 0; e < data.events(); e++) {
            if (data.item(e) >= 0) {
                used.set(data.item(e));
            }
        }
        return copy(data, draw(used.stream().toArray(), most, seed), null, time -> time, Integer.MAX_VALUE);
    }

    /** Keeps that many users, drawn by the seed. */
    public static Dataset users(Dataset data, int most, long seed) {
        int[] all = new int[data.users()];
        Arrays.setAll(all, u -> u);
        return copy(data, null, draw(all, most, seed), time -> time, Integer.MAX_VALUE);
    }

    /** Replaces every time; the order among equal times stays. */
    public static Dataset times(Dataset data, LongUnaryOperator coarser) {
        return copy(data, null, null, coarser, Integer.MAX_VALUE);
    }

    /** Keeps each user's last events only. */
    public static Dataset histories(Dataset data, int last) {
        return copy(data, null, null, time -> time, last);
    }

    private static BitSet draw(int[] from, int most, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        BitSet drawn = new BitSet();
        for (int i = 0; i < Math.min(most, from.length); i++) {
            int j = i + random.nextInt(from.length - i);
            drawn.set(from[j]);
            from[j] = from[i];
        }
        return drawn;
    }

    /** null keeps all */
    private static Dataset copy(Dataset data, BitSet items, BitSet users, LongUnaryOperator time, int last) {
        DatasetBuilder builder = new DatasetBuilder();
        for (int i = 0; i < data.items(); i++) {
            if (items == null || items.get(i)) {
                builder.item(data.itemName(i), data.texts().get(i));
            }
        }
        int[] left = new int[data.users()];
        Arrays.setAll(left, data::count);
        for (int e = 0; e < data.events(); e++) {
            int user = data.user(e);
            if (left[user]-- <= last && (users == null || users.get(user)) && data.item(e) >= 0
                && (items == null || items.get(data.item(e)))) {
                builder.event(
                    data.userName(user), data.itemName(data.item(e)), data.weight(e), data.engaged(e),
                    time.applyAsLong(data.time(e))
                );
            }
        }
        return builder.build();
    }

    /**
     * Returns one list per user, as candidates.csv gives it: a target of the user's case and other items.
     *
     * @param byPopularity whether other items are drawn in proportion to their engagements, or uniformly
     */
    public static Map<Integer, int[]> candidates(
        EvaluationCases experiment, int length, boolean byPopularity, long seed
    ) {
        Dataset data = experiment.data();
        SplittableRandom random = new SplittableRandom(seed);
        Map<Integer, int[]> lists = new HashMap<>();
        for (Case c : experiment.cases()) {
            BitSet list = new BitSet();
            list.set(c.targets()[random.nextInt(c.targets().length)]);
            BitSet own = EvaluationCases.seen(data, c);
            Arrays.stream(c.targets()).forEach(own::set);
            for (int tries = 0; list.cardinality() < Math.min(length, data.items() - own.cardinality())
                && tries < 100_000; tries++) {
                int item = byPopularity ? data.item(random.nextInt(data.events())) : random.nextInt(data.items());
                if (item >= 0 && own.get(item) == false) {
                    list.set(item);
                }
            }
            lists.put(c.user(), list.stream().toArray());
        }
        return lists;
    }
}
