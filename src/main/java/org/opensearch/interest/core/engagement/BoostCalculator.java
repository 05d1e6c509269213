package org.opensearch.interest.core.engagement;

import org.opensearch.interest.core.ranking.ComponentWeights;
import org.opensearch.interest.core.ranking.ItemBoost;
import org.opensearch.interest.core.ranking.ItemBoosts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Computes item boosts for one user at one time, from the engagement snapshot and the user's own history: a number for
 * a few items, 0 for all others. The one reference for searches and evaluations. Each part is a logarithm, so that a
 * sum of parts multiplies odds:
 *
 * <ul> <li>related: ln(1 + s/mean), s = Σ over the user's last items of cosine · 2^(−later events / 20), mean that over
 * all items; <li>popular: ln((1 + count) / (1 + floor)), where the floor is what no other item exceeds, so that nothing
 * jumps at the end of the list; <li>repeat: ln(1 + Σ 2^(−age / half-life)) over the times that the user took the item
 * up. </ul>
 *
 * <p>Bounded: the heaviest of each part. Stateless but for its arguments.
 *
 * @param snapshot null where nothing is known of others
 * @param halfLife of what lasts of the user's interest, in milliseconds
 */
public record BoostCalculator(ComponentWeights weights, EngagementSnapshot snapshot, double halfLife) {
    /** Of the user's last items, how many have their neighbours looked up. */
    public static final int ASKED = 50;
    /** More events do not improve the estimate of repeats. */
    public static final int EVENTS = 500;
    /** After how many later events an item says half as much of what goes with it. */
    private static final double LATER = 20;
    private static final int RELATED = 450;
    private static final int REPEATED = ItemBoosts.MOST - RELATED - EngagementSnapshot.MOST;

    /** The different items that a user took up last, the latest first: those whose neighbours matter. */
    public static List<String> lately(List<EngagedItem> own) {
        return List.copyOf(ages(own).keySet());
    }

    /** By item, how many events came after its last one. */
    private static Map<String, Integer> ages(List<EngagedItem> own) {
        Map<String, Integer> ages = new LinkedHashMap<>();
        for (int n = own.size() - 1; n >= 0 && ages.size() < ASKED; n--) {
            ages.putIfAbsent(own.get(n).item(), own.size() - 1 - n);
        }
        return ages;
    }

    /**
     * @param own        what the user took up, by time
     * @param neighbours of {@link #lately}
     * @param at         in milliseconds since 1970
     */
    public ItemBoosts of(List<EngagedItem> own, Function<String, List<Neighbour>> neighbours, long at) {
        Map<String, Double> related = new HashMap<>();
        Map<String, String> by = new HashMap<>();
        if (weights.related() > 0 && snapshot != null) {
            related(own, neighbours, related, by);
        }
        Map<String, Double> popular = weights.popular() > 0 && snapshot != null ? popular(at) : Map.of();
        Map<String, Double> repeat = weights.repeat() > 0 ? repeat(own, at) : Map.of();
        TreeMap<String, ItemBoost> items = new TreeMap<>();
        for (Map<String, Double> part : List.of(related, popular, repeat)) {
            for (String item : part.keySet()) {
                items.computeIfAbsent(
                    item,
                    id -> new ItemBoost(
                        weighed(weights.related(), related.get(id)), weighed(weights.popular(), popular.get(id)),
                        weighed(weights.repeat(), repeat.get(id)), by.get(id)
                    )
                );
            }
        }
        return new ItemBoosts((float) weights.content(), items);
    }

    private static float weighed(double weight, Double adds) {
        return adds == null ? 0f : (float) (weight * adds);
    }

    private void related(
        List<EngagedItem> own, Function<String, List<Neighbour>> neighbours, Map<String, Double> related,
        Map<String, String> by
    ) {
        Map<String, Double> sums = new HashMap<>();
        Map<String, Double> most = new HashMap<>();
        double total = 0;
        for (Map.Entry<String, Integer> mine : ages(own).entrySet()) {
            double fading = Math.pow(2, -mine.getValue() / LATER);
            for (Neighbour neighbour : neighbours.apply(mine.getKey())) {
                double adds = fading * neighbour.cosine();
                total += adds;
                sums.merge(neighbour.item(), adds, Double::sum);
                if (adds > most.getOrDefault(neighbour.item(), 0.0)) {
                    most.put(neighbour.item(), adds);
                    by.put(neighbour.item(), mine.getKey());
                }
            }
        }
        double mean = total / Math.max(1, snapshot.items());
        heaviest(sums, RELATED).forEach((item, sum) -> related.put(item, Math.log1p(sum / mean)));
        by.keySet().retainAll(related.keySet());
    }

    private Map<String, Double> popular(long at) {
        double fading = snapshot.fading(at);
        Map<String, Double> popular = new HashMap<>();
        for (EngagementSnapshot.Favourite favourite : snapshot.favourites()) {
            double adds = Math.log1p(fading * favourite.count()) - Math.log1p(fading * snapshot.floor());
            if (adds > 0) {
                popular.put(favourite.item(), adds);
            }
        }
        return popular;
    }

    private Map<String, Double> repeat(List<EngagedItem> own, long at) {
        Map<String, Double> sums = new HashMap<>();
        for (EngagedItem one : own.subList(Math.max(0, own.size() - EVENTS), own.size())) {
            sums.merge(one.item(), Math.pow(2, -Math.max(0, at - one.time()) / halfLife), Double::sum);
        }
        Map<String, Double> repeat = new HashMap<>();
        heaviest(sums, REPEATED).forEach((item, sum) -> repeat.put(item, Math.log1p(sum)));
        return repeat;
    }

    /** Of equals, those whose ids come first: the same on every node. */
    private static Map<String, Double> heaviest(Map<String, Double> sums, int most) {
        if (sums.size() <= most) {
            return sums;
        }
        List<Map.Entry<String, Double>> all = new ArrayList<>(sums.entrySet());
        all.sort(
            Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey())
        );
        Map<String, Double> heaviest = new HashMap<>();
        all.subList(0, most).forEach(entry -> heaviest.put(entry.getKey(), entry.getValue()));
        return heaviest;
    }
}
