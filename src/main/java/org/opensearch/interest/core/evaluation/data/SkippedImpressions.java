package org.opensearch.interest.core.evaluation.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was shown to users and passed over, aside from what they did: it is nothing that comes next, it makes nobody a
 * warm user, and only what a search makes of it counts.
 */
public final class SkippedImpressions {
    private final Map<Integer, List<Impression>> byUser = new HashMap<>();

    /**
     * @param items  not taken up, known
     * @param type   the name of a signal
     * @param weight not 0
     * @param time   milliseconds since 1970
     */
    public record Impression(int[] items, String type, double weight, long time) {}

    void add(int user, Impression impression) {
        byUser.computeIfAbsent(user, u -> new ArrayList<>()).add(impression);
    }

    /** What that user had been shown strictly before a time. */
    public List<Impression> before(int user, long at) {
        return byUser.getOrDefault(user, List.of()).stream().filter(one -> one.time < at).toList();
    }
}
