package org.opensearch.interest.cluster.engagement;

import org.opensearch.interest.core.engagement.EngagementSnapshot;
import org.opensearch.interest.core.engagement.Neighbour;
import org.opensearch.interest.core.tracking.Tracker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stored form of the engagement snapshot and of items' neighbours. Stateless. */
final class EngagementFormat {
    private EngagementFormat() {}

    static Map<String, Object> source(Tracker tracker, EngagementSnapshot snapshot) {
        Map<String, Object> source = new HashMap<>();
        source.put("uid", tracker.uid());
        source.put("items", snapshot.items());
        source.put("events", snapshot.events());
        source.put("seen", snapshot.seen());
        source.put("at", snapshot.at());
        if (Double.isFinite(snapshot.halfLife())) {
            source.put("half_life", snapshot.halfLife());
        }
        source.put("floor", snapshot.floor());
        source.put("favourites", snapshot.favourites().stream().map(EngagementSnapshot.Favourite::item).toList());
        source.put("counts", snapshot.favourites().stream().map(EngagementSnapshot.Favourite::count).toList());
        return source;
    }

    /** Returns the snapshot; empty if it belongs to another tracker. */
    static Optional<EngagementSnapshot> snapshot(Tracker tracker, Map<String, Object> source) {
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
