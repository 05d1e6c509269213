package org.opensearch.interest.cluster.engagement;

import org.opensearch.interest.core.engagement.EngagementSnapshot;
import org.opensearch.interest.core.engagement.Neighbour;
import org.opensearch.interest.core.tracking.Tracker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stored form of what all users together took up. Stateless. */
final class EngagementFormat {
    private EngagementFormat() {}

    static Map<String, Object> source(Tracker tracker, EngagementSnapshot crowd) {
        Map<String, Object> source = new HashMap<>();
        source.put("uid", tracker.uid());
        source.put("items", crowd.items());
        source.put("events", crowd.events());
        source.put("seen", crowd.seen());
        source.put("at", crowd.at());
        if (Double.isFinite(crowd.halfLife())) {
            source.put("half_life", crowd.halfLife());
        }
        source.put("floor", crowd.floor());
        source.put("favourites", crowd.favourites().stream().map(EngagementSnapshot.Favourite::item).toList());
        source.put("counts", crowd.favourites().stream().map(EngagementSnapshot.Favourite::count).toList());
        return source;
    }

    /** Empty where it belongs to another tracker. */
    static Optional<EngagementSnapshot> crowd(Tracker tracker, Map<String, Object> source) {
        if (tracker.uid().equals(source.get("uid")) == false) {
            return Optional.empty();
        }
        List<?> items = (List<?>) source.get("favourites");
        List<?> counts = (List<?>) source.get("counts");
        List<EngagementSnapshot.Favourite> favourites = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            favourites
                .add(new EngagementSnapshot.Favourite((String) items.get(i), ((Number) counts.get(i)).doubleValue()));
        }
        double halfLife = source.get("half_life") instanceof Number number ? number.doubleValue()
            : Double.POSITIVE_INFINITY;
        long events = ((Number) source.get("events")).longValue();
        long at = ((Number) source.get("at")).longValue();
        double floor = ((Number) source.get("floor")).doubleValue();
        long seen = ((Number) source.get("seen")).longValue();
        return Optional.of(
            new EngagementSnapshot(
                ((Number) source.get("items")).longValue(), events, seen, at, halfLife, favourites, floor
            )
        );
    }

    static Map<String, Object> source(List<Neighbour> neighbours) {
        return Map.of(
            "items", neighbours.stream().map(Neighbour::item).toList(), "cosines",
            neighbours.stream().map(Neighbour::cosine).toList()
        );
    }

    static List<Neighbour> neighbours(Map<String, Object> source) {
        List<?> items = (List<?>) source.get("items");
        List<?> cosines = (List<?>) source.get("cosines");
        List<Neighbour> neighbours = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            neighbours.add(new Neighbour((String) items.get(i), ((Number) cosines.get(i)).floatValue()));
        }
        return neighbours;
    }
}
