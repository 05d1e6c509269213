package org.opensearch.interest.core.engagement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Learns co-engagement and popularity from all users' events, in time order. The result does not depend on user ids,
 * nor, except for float rounding, on the order of users who act at the same time. Bounded: at most 100,000 items and
 * the last 200,000 users in sight are told apart; some 200 MB at most, {@link #bytes} says how many. Not thread-safe;
 * may be read by several threads while no thread writes.
 */
public final class EngagementLearner {
    /** How many items go with one. */
    public static final int MOST_NEIGHBOURS = 50;
    private static final int MOST_ITEMS = 100_000;
    private static final int MOST_USERS = 200_000;
    /** Eight to sixteen bytes each. */
    private static final int MOST_PAIRS = 4_000_000;
    /** Of an entry of a map with a name of a few dozen letters. */
    private static final long NAME_BYTES = 150;

    private final CoEngagement together;
    private final DecayedCounts counts = new DecayedCounts();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final Map<String, CoEngagement.Taken> users = new LinkedHashMap<>(16, 0.75f, true) {
        /* The user without an event for longest is dropped: only pairs with their next event are lost. */
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CoEngagement.Taken> eldest) {
            return size() > MOST_USERS;
        }
    };

    /** @param halfLife of what goes together, in milliseconds, above 0 */
    public EngagementLearner(double halfLife) {
        this.together = new CoEngagement(halfLife, MOST_PAIRS);
    }

    /**
     * @param user anything that tells users apart
     * @param time in milliseconds since 1970, not before that of the event before
     */
    public void take(String user, String item, long time) {
        Integer number = numbers.get(item);
        if (number == null) {
            if (names.size() == MOST_ITEMS) {
                return;
            }
            number = names.size();
            numbers.put(item, number);
            names.add(item);
        }
        counts.take(number, time);
        together.take(users.computeIfAbsent(user, first -> new CoEngagement.Taken()), number, time);
    }

    /** Those that were taken up, in the order of their first time. */
    public List<String> items() {
        return List.copyOf(names);
    }

    /** @return what goes with an item, the nearest first */
    public List<Neighbour> neighbours(String item) {
        Integer number = numbers.get(item);
        return number == null ? List.of()
            : together.pairs(number, MOST_NEIGHBOURS)
                .stream()
                .map(pair -> new Neighbour(names.get(pair.item()), pair.cosine()))
                .toList();
    }

    /**
     * @param seen how many events there were, of any kind
     * @param at   in milliseconds since 1970, not before the last event
     */
    public EngagementSnapshot snapshot(long seen, long at) {
        double[] left = counts.at(at);
        List<Integer> order = IntStream.range(0, left.length)
            .filter(i -> left[i] > 0)
            .boxed()
            .sorted(Comparator.<Integer>comparingDouble(i -> -left[i]).thenComparing(names::get))
            .toList();
        List<EngagementSnapshot.Favourite> most = order.stream()
            .limit(EngagementSnapshot.MOST)
            .map(i -> new EngagementSnapshot.Favourite(names.get(i), left[i]))
            .toList();
        double floor = order.size() > EngagementSnapshot.MOST ? left[order.get(EngagementSnapshot.MOST)] : 0;
        return new EngagementSnapshot(names.size(), counts.events(), seen, at, counts.halfLife(), most, floor);
    }

    /** Approximate heap use in bytes. */
    public long bytes() {
        long bytes = together.bytes() + counts.bytes() + NAME_BYTES * (names.size() + users.size());
        for (CoEngagement.Taken taken : users.values()) {
            bytes += taken.bytes();
        }
        return bytes;
    }
}
