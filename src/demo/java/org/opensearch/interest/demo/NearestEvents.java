package org.opensearch.interest.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Search for a person's past events that are most similar to an item, by the cosine of their vectors. */
final class NearestEvents {
    private final DemoShop shop;
    private final DemoData data;
    private final Map<String, float[]> vectors = new HashMap<>();

    NearestEvents(DemoShop shop, DemoData data) {
        this.shop = shop;
        this.data = data;
    }

    record Reason(DemoData.PersonaEvent event, double cosine) {}

    /** Returns the nearest events in falling order of cosine, one for each item or text. */
    List<Reason> nearest(DemoData.Persona persona, String item, int count) {
        float[] target = vector("item:" + item);
        Map<String, Reason> best = new HashMap<>();
        for (DemoData.PersonaEvent event : persona.events()) {
            String evidence = event.item() != null ? "item:" + event.item() : "text:" + event.text();
            if (isPositive(event)) {
                Reason reason = new Reason(event, cosine(vector(evidence), target));
                // Of several events of one item, the latest is the most relevant one.
                best.merge(evidence, reason, (a, b) -> a.event().hours_ago() < b.event().hours_ago() ? a : b);
            }
        }
        List<Reason> sorted = new ArrayList<>(best.values());
        sorted.sort(Comparator.comparingDouble(Reason::cosine).reversed());
        return sorted.subList(0, Math.min(count, sorted.size()));
    }

    String describe(DemoData.PersonaEvent event) {
        String when = Timing.ago(event.hours_ago());
        return switch (event.type()) {
            case "search" -> "searched “" + event.text() + "”, " + when;
            case "purchase" -> "bought " + data.title(event.item()) + ", " + when;
            case "cart" -> "put " + data.title(event.item()) + " in the cart, " + when;
            case "rating" ->
                "gave " + Math.round(event.value()) + " out of 5 to " + data.title(event.item()) + ", " + when;
            case "dislike" -> "disliked " + data.title(event.item()) + ", " + when;
            case "comment" -> "commented on " + data.title(event.item()) + ", " + when;
            case "click" -> "clicked " + data.title(event.item()) + ", " + when;
            default -> event.type() + "ed " + data.title(event.item()) + ", " + when;
        };
    }

    /**
     * True if the event is positive evidence; false for a dislike or a low rating.
     */
    private static boolean isPositive(DemoData.PersonaEvent event) {
        return !event.type().equals("dislike") && (event.value() == null || event.value() > 3);
    }

    private float[] vector(String evidence) {
        String name = evidence.substring("item:".length());
        return vectors.computeIfAbsent(
            evidence, key -> key.startsWith("item:") ? shop.vectorOfItem(name) : shop.vectorOfText(name)
        );
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        double squareA = 0;
        double squareB = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
            squareA += a[i] * a[i];
            squareB += b[i] * b[i];
        }
        return product / Math.sqrt(squareA * squareB);
    }
}
