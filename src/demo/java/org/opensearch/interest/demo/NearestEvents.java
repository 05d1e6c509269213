package org.opensearch.interest.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which of a person's past deeds lie nearest to an item, by the cosine of their vectors. */
final class NearestEvents {
    private final DemoShop shop;
    private final DemoData data;
    private final Map<String, float[]> known = new HashMap<>();

    NearestEvents(DemoShop shop, DemoData data) {
        this.shop = shop;
        this.data = data;
    }

    record Reason(DemoData.Deed deed, double cosine) {}

    /** The nearest deeds first, one for each item or text. */
    List<Reason> nearest(DemoData.Persona persona, String item, int count) {
        float[] target = vector("item:" + item);
        Map<String, Reason> best = new HashMap<>();
        for (DemoData.Deed deed : persona.events()) {
            String evidence = deed.item() != null ? "item:" + deed.item() : "text:" + deed.text();
            if (isWelcome(deed)) {
                Reason reason = new Reason(deed, cosine(vector(evidence), target));
                // Of several deeds on one item the latest says most about the present.
                best.merge(evidence, reason, (a, b) -> a.deed().hours_ago() < b.deed().hours_ago() ? a : b);
            }
        }
        List<Reason> sorted = new ArrayList<>(best.values());
        sorted.sort(Comparator.comparingDouble(Reason::cosine).reversed());
        return sorted.subList(0, Math.min(count, sorted.size()));
    }

    String told(DemoData.Deed deed) {
        String when = Timing.ago(deed.hours_ago());
        return switch (deed.type()) {
            case "search" -> "searched “" + deed.text() + "”, " + when;
            case "purchase" -> "bought " + data.title(deed.item()) + ", " + when;
            case "cart" -> "put in the cart " + data.title(deed.item()) + ", " + when;
            case "rating" -> "gave " + Math.round(deed.value()) + " of 5 to " + data.title(deed.item()) + ", " + when;
            case "dislike" -> "disliked " + data.title(deed.item()) + ", " + when;
            case "comment" -> "commented on " + data.title(deed.item()) + ", " + when;
            case "click" -> "clicked " + data.title(deed.item()) + ", " + when;
            default -> deed.type() + "ed " + data.title(deed.item()) + ", " + when;
        };
    }

    /**
     * Whether the deed speaks for what it touched: a dislike or a poor rating gives nobody a reason to show more of it.
     */
    private static boolean isWelcome(DemoData.Deed deed) {
        return !deed.type().equals("dislike") && (deed.value() == null || deed.value() > 3);
    }

    private float[] vector(String evidence) {
        String name = evidence.substring("item:".length());
        return known.computeIfAbsent(
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
