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

/** Explains the items of a page to one user; the user's history is read once for all items. Not thread-safe. */
final class Explainer {
    /** Maximum number of citations: more would be a list and no explanation. */
    private static final int MAX_CITED = 3;
    /** Minimum share of a citation. */
    private static final double MIN_SHARE = 0.01;
    /** Scores closer to the neutral ½ are not explained. */
    private static final double NEUTRAL = 1e-6;

    private final InterestFunctions interests;
    private final Tracker tracker;
    private final CounterfactualHistory past;
    private final long now;
    private final List<ReplayedEvent> events;
    private final Attribution attribution;
    private final ItemBoosts contentOnly;
    private final Map<Set<String>, Optional<Attribution>> without = new HashMap<>();

    /** Components other than content, in the order of the attribution. */
    private static final List<Attribution.Kind> BOOST_KINDS = List
        .of(Attribution.Kind.RELATED, Attribution.Kind.POPULAR, Attribution.Kind.REPEAT);

    /** Key of the events of one type about one item or text, which are cited together. */
    private record Citation(String type, String item, String text) {}

    private Explainer(
        InterestFunctions interests, Tracker tracker, CounterfactualHistory past, long now, Attribution attribution,
        ItemBoosts contentOnly
    ) {
        this.interests = interests;
        this.tracker = tracker;
        this.past = past;
        this.now = now;
        this.events = past.events();
        this.attribution = attribution;
        this.contentOnly = contentOnly;
    }

    /**
     * Returns an explainer; empty if the profile has no interests.
     *
     * @param content weight of the content component
     */
    static Optional<Explainer> of(
        InterestFunctions interests, Tracker tracker, Profile profile, CounterfactualHistory past, long now,
        float content
    ) {
        ItemBoosts contentOnly = ItemBoosts.of(content, Map.of());
        List<Evidence> evidence = past.events().stream().map(ReplayedEvent::evidence).toList();
        return interests
            .attribution(tracker, profile, InterestFunctions.searchTime(profile, now), evidence, contentOnly)
            .map(attribution -> new Explainer(interests, tracker, past, now, attribution, contentOnly));
    }

    /**
     * Explains one item.
     *
     * @param unit      null for an item without a vector
     * @param item      the item's boost
     * @param outOfTime whether there is no time left to compute the score without the cited events
     */
    Explanation explain(float[] unit, ItemBoost item, BooleanSupplier outOfTime) {
        float[] vector = unit == null || unit.length != attribution.dimension() ? null : unit;
        Attribution.Divided divided = attribution.of(vector, item);
        double distance = 0;
        for (double part : divided.parts()) {
            distance += part;
        }
        if (Math.abs(distance) < NEUTRAL) {
            return Explanation.NONE;
        }
        Map<Citation, List<Integer>> eventsByCitation = eventsByCitation();
        Map<Citation, Double> shares = new LinkedHashMap<>();
        for (Map.Entry<Citation, List<Integer>> citation : eventsByCitation.entrySet()) {
            double sum = citation.getValue().stream().mapToDouble(event -> divided.events()[event]).sum();
            shares.put(citation.getKey(), sum / distance);
        }
        List<Citation> heaviest = shares.entrySet()
            .stream()
            .filter(citation -> citation.getValue() >= MIN_SHARE)
            .sorted(Map.Entry.<Citation, Double>comparingByValue().reversed())
            .limit(MAX_CITED)
            .map(Map.Entry::getKey)
            .toList();
        List<Cited> cited = heaviest.stream()
            .map(citation -> cited(citation, eventsByCitation.get(citation), shares.get(citation)))
            .toList();
        Set<String> keys = heaviest.stream()
            .flatMap(citation -> eventsByCitation.get(citation).stream())
            .map(this::key)
            .collect(Collectors.toSet());
        return new Explanation(
            parts(divided, item, distance), cited,
            keys.isEmpty() || outOfTime.getAsBoolean() ? null : without(keys, vector, item)
        );
    }

    private String key(int event) {
        return events.get(event).event().key();
    }

    private Map<Citation, List<Integer>> eventsByCitation() {
        Map<Citation, List<Integer>> eventsByCitation = new LinkedHashMap<>();
        for (int i = 0; i < events.size(); i++) {
            HistoryEvent event = events.get(i).event();
            // impressions are no user's action, and events with only a vector have no name to cite
            Citation citation = new Citation(event.type(), event.item(), event.item() == null ? event.text() : null);
            if (citation.item() != null || citation.text() != null) {
                eventsByCitation.computeIfAbsent(citation, same -> new ArrayList<>()).add(i);
            }
        }
        return eventsByCitation;
    }

    private Cited cited(Citation citation, List<Integer> positions, double share) {
        long latest = events.get(positions.get(positions.size() - 1)).event().timestamp();
        return new Cited(citation.type(), citation.item(), citation.text(), null, latest, positions.size(), share);
    }

    private List<Explanation.Contribution> parts(Attribution.Divided divided, ItemBoost item, double distance) {
        List<Explanation.Contribution> parts = new ArrayList<>();
        int directions = attribution.parts().size();
        for (int i = 0; i < BOOST_KINDS.size(); i++) {
            if (divided.parts()[directions + i] != 0) {
                String by = BOOST_KINDS.get(i) == Attribution.Kind.RELATED ? item.by() : null;
                parts.add(
                    new Explanation.Contribution(
                        BOOST_KINDS.get(i).spelling(), -1, List.of(), divided.parts()[directions + i] / distance, by,
                        null
                    )
                );
            }
        }
        for (int i = 0; i < directions; i++) {
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
     * Returns the interest score without the content evidence of these events; the other components stay unchanged.
     * Null if the events cannot be left out.
     */
    private Float without(Set<String> keys, float[] unit, ItemBoost item) {
        Optional<Profile> profile = without.containsKey(keys) ? null : past.without(keys);
        if (profile != null && profile.isEmpty()) {
            return null;
        }
        return without.computeIfAbsent(keys, same -> {
            Profile remaining = profile.orElseThrow();
            return interests
                .attribution(tracker, remaining, InterestFunctions.searchTime(remaining, now), List.of(), contentOnly);
        })
            .map(rest -> rest.score(rest.dimension() == unit.length ? unit : null, item))
            .orElse(InterestFunction.NEUTRAL);
    }
}
