package org.opensearch.interest.core.evaluation.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Impressions that users skipped, stored apart from their events: they are never targets, do not count as a user's
 * history, and matter only through the evidence that a search derives from them.
 */
public final class SkippedImpressions {
    private final Map<Integer, List<Impression>> byUser = new HashMap<>();

    /**
     * @param items  known items that the user did not engage with
     * @param type   the name of a signal
     * @param weight not 0
     * @param time   milliseconds since 1970
     */
    public record Impression(int[] items, String type, double weight, long time) {}

    void add(int user, Impression impression) {
        byUser.computeIfAbsent(user, u -> new ArrayList<>()).add(impression);
    }

    /** Returns the impressions of a user strictly before a time. */
    public List<Impression> before(int user, long at) {
        return byUser.getOrDefault(user, List.of()).stream().filter(one -> one.time < at).toList();
    }
}
