package org.opensearch.interest.cluster.explanation;

import org.opensearch.interest.cluster.explanation.Explanation.Cited;
import org.opensearch.interest.core.profile.Evidence;
import org.opensearch.interest.core.profile.HistoryEvent;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.ranking.InterestFunction;
import org.opensearch.interest.core.ranking.ItemBoost;
import org.opensearch.interest.core.ranking.ItemBoosts;
import org.opensearch.interest.core.tracking.Attribution;
import org.opensearch.interest.core.tracking.CounterfactualHistory;
import org.opensearch.interest.core.tracking.InterestFunctions;
import org.opensearch.interest.core.tracking.ReplayedEvent;
import org.opensearch.interest.core.tracking.Tracker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Tells the stories of a page: one reading of a user's past, many items. One thread at a time. */
final class Explainer {
    /** Two or three reasons are a story, more a list. */
    private static final int CITED = 3;
    /** A smaller share is no reason. */
    private static final double LEAST = 0.01;
    /** Nearer to the neutral ½ there is nothing to explain. */
    private static final double NEUTRAL = 1e-6;

    private final InterestFunctions interests;
    private final Tracker tracker;
    private final CounterfactualHistory past;
    private final long now;
    private final List<ReplayedEvent> events;
    private final Attribution attribution;
    private final ItemBoosts others;
    private final Map<Set<String>, Optional<Attribution>> without = new HashMap<>();

    /** The parts that are no direction, in their order. */
    private static final List<Attribution.Kind> MORE = List
        .of(Attribution.Kind.RELATED, Attribution.Kind.POPULAR, Attribution.Kind.REPEAT);

    /** What was done with one thing in one way, and what it adds. */
    private record Deed(String type, String item, String text) {}

    private Explainer(
        InterestFunctions interests, Tracker tracker, CounterfactualHistory past, long now, Attribution attribution,
        ItemBoosts others
    ) {
        this.interests = interests;
        this.tracker = tracker;
        this.past = past;
        this.now = now;
        this.events = past.events();
        this.attribution = attribution;
        this.others = others;
    }

    /**
     * Empty where the profile says nothing.
     *
     * @param content how much content counts beside other parts
     */
    static Optional<Explainer> of(
        InterestFunctions interests, Tracker tracker, Profile profile, CounterfactualHistory past, long now,
        float content
    ) {
        ItemBoosts others = ItemBoosts.of(content, Map.of());
        List<Evidence> evidence = past.events().stream().map(ReplayedEvent::evidence).toList();
        return interests.attribution(tracker, profile, InterestFunctions.searchTime(profile, now), evidence, others)
            .map(attribution -> new Explainer(interests, tracker, past, now, attribution, others));
    }

    /**
     * @param unit    null for an item without a vector
     * @param item    what else speaks for it
     * @param hurried whether there is no time left to find out how it would be without the cited events
     */
    Explanation tell(float[] unit, ItemBoost item, BooleanSupplier hurried) {
        float[] seen = unit == null || unit.length != attribution.dimension() ? null : unit;
        Attribution.Divided divided = attribution.of(seen, item);
        double distance = 0;
        for (double part : divided.parts()) {
            distance += part;
        }
        if (Math.abs(distance) < NEUTRAL) {
            return Explanation.NONE;
        }
        Map<Deed, List<Integer>> deeds = deeds();
        Map<Deed, Double> shares = new LinkedHashMap<>();
        for (Map.Entry<Deed, List<Integer>> deed : deeds.entrySet()) {
            double adds = deed.getValue().stream().mapToDouble(event -> divided.events()[event]).sum();
            shares.put(deed.getKey(), adds / distance);
        }
        List<Deed> heaviest = shares.entrySet()
            .stream()
            .filter(deed -> deed.getValue() >= LEAST)
            .sorted(Map.Entry.<Deed, Double>comparingByValue().reversed())
            .limit(CITED)
            .map(Map.Entry::getKey)
            .toList();
        List<Cited> cited = heaviest.stream().map(deed -> cited(deed, deeds.get(deed), shares.get(deed))).toList();
        Set<String> keys = heaviest.stream()
            .flatMap(deed -> deeds.get(deed).stream())
            .map(this::key)
            .collect(Collectors.toSet());
        return new Explanation(
            parts(divided, item, distance), cited,
            keys.isEmpty() || hurried.getAsBoolean() ? null : without(keys, seen, item)
        );
    }

    private String key(int event) {
        return events.get(event).event().key();
    }

    private Map<Deed, List<Integer>> deeds() {
        Map<Deed, List<Integer>> deeds = new LinkedHashMap<>();
        for (int i = 0; i < events.size(); i++) {
            HistoryEvent event = events.get(i).event();
            // what was passed over is nothing that somebody did, and what came as a vector alone has no name
            Deed deed = new Deed(event.type(), event.item(), event.item() == null ? event.text() : null);
            if (deed.item() != null || deed.text() != null) {
                deeds.computeIfAbsent(deed, same -> new ArrayList<>()).add(i);
            }
        }
        return deeds;
    }

    private Cited cited(Deed deed, List<Integer> places, double share) {
        long latest = events.get(places.get(places.size() - 1)).event().timestamp();
        return new Cited(deed.type(), deed.item(), deed.text(), null, latest, places.size(), share);
    }

    private List<Explanation.Contribution> parts(Attribution.Divided divided, ItemBoost item, double distance) {
        List<Explanation.Contribution> parts = new ArrayList<>();
        int contents = attribution.parts().size();
        for (int i = 0; i < MORE.size(); i++) {
            if (divided.parts()[contents + i] != 0) {
                String by = MORE.get(i) == Attribution.Kind.RELATED ? item.by() : null;
                parts.add(
                    new Explanation.Contribution(
                        MORE.get(i).spelling(), -1, List.of(), divided.parts()[contents + i] / distance, by, null
                    )
                );
            }
        }
        for (int i = 0; i < contents; i++) {
            Attribution.Component part = attribution.parts().get(i);
            if (divided.parts()[i] != 0) {
                parts.add(
                    new Explanation.Contribution(
                        part.kind().spelling(), part.topic(), part.label(), divided.parts()[i] / distance
                    )
                );
            }
        }
        parts.sort(Comparator.comparingDouble(Explanation.Contribution::share).reversed());
        return parts;
    }

    /**
     * What others took up, and how often the user came back, stays as it is: the score without what the events say of
     * content.
     */
    private Float without(Set<String> keys, float[] unit, ItemBoost item) {
        Optional<Profile> rest = without.containsKey(keys) ? null : past.without(keys);
        if (rest != null && rest.isEmpty()) {
            return null;
        }
        return without.computeIfAbsent(keys, same -> {
            Profile profile = rest.orElseThrow();
            return interests
                .attribution(tracker, profile, InterestFunctions.searchTime(profile, now), List.of(), others);
        })
            .map(other -> other.score(other.dimension() == unit.length ? unit : null, item))
            .orElse(InterestFunction.NEUTRAL);
    }
}
