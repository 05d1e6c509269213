package org.opensearch.interest.core.tracking;

import org.opensearch.interest.core.embedding.TextRules;
import org.opensearch.interest.core.json.JsonObjectReader;
import org.opensearch.interest.core.profile.Evidence;
import org.opensearch.interest.core.profile.HistoryEvent;
import org.opensearch.interest.core.vector.Vectors;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** Reads one event as users send it, strictly. */
public final class EventJson {
    private static final double MOST_WEIGHT = 1_000_000;
    private static final int MOST_SHOWN = 1_000;
    private static final List<String> EVIDENCE = List.of("item", "text", "vector");
    private static final String RATING = "rating";
    private static final String COMMENT = "comment";

    private EventJson() {}

    /**
     * @param signals weight by event type
     * @param now     milliseconds since 1970
     * @throws IllegalArgumentException naming the field, the value and what is allowed
     */
    public static Event read(Map<String, ?> json, Map<String, Double> signals, long now) {
        JsonObjectReader reader = new JsonObjectReader("event", json);
        UserId user = new UserId(reader.requiredString("user"));
        String type = reader.requiredString("type");
        boolean impression = type.equals(Evidence.IMPRESSION);
        Event.Target object = impression ? shown(reader) : object(reader, type);
        Double scale = impression ? null : scale(reader, type, signals);
        double weight = impression ? signals.getOrDefault(type, 0.0)
            : scale == null ? ownWeight(reader) : signals.get(type) * scale;
        long timestamp = Timestamps.read(reader, "timestamp", now);
        String id = reader.optionalString("id", null);
        if (id != null) {
            UserId.requireName("id", id);
        }
        HistoryEvent.Context context = context(reader);
        reader.done();
        return new Event(user, type, object, weight, timestamp, id, scale, context);
    }

    /**
     * Whether an event says anything by its form: its type is a signal, or it has a weight of its own, and something is
     * its object.
     */
    public static boolean canBeEvidence(Map<String, ?> json, Map<String, Double> signals) {
        if (Evidence.IMPRESSION.equals(json.get("type"))) {
            return json.containsKey("items");
        }
        boolean weighs = json.containsKey("weight") || signals.containsKey(String.valueOf(json.get("type")));
        return weighs && EVIDENCE.stream().anyMatch(json::containsKey);
    }

    private static Event.Target object(JsonObjectReader reader, String type) {
        List<String> given = EVIDENCE.stream().filter(reader::has).toList();
        boolean commentOnItem = type.equals(COMMENT) && given.equals(List.of("item", "text"));
        if (given.size() != 1 && commentOnItem == false) {
            throw new IllegalArgumentException(
                "[interest] an event needs exactly one of [item, text, vector] as evidence, but this one of type ["
                    + type + "] has " + given
                    + (type.equals(COMMENT) ? "" : "; only a [comment] may have [text] beside [item]")
            );
        }
        if (reader.has("text")) {
            TextRules.require("text", reader.requiredString("text"));
        }
        // a weight of its own brings its sign along
        if (commentOnItem && reader.has("weight") == false) {
            return new Event.Target.Comment(
                UserId.requireName("item", reader.requiredString("item")), reader.requiredString("text")
            );
        }
        return switch (given.get(0)) {
            case "item" -> new Event.Target.Item(UserId.requireName("item", reader.requiredString("item")));
            case "text" -> new Event.Target.Text(reader.requiredString("text"));
            default -> new Event.Target.Vector(unit(reader));
        };
    }

    private static float[] unit(JsonObjectReader reader) {
        try {
            return Vectors.unit(reader.floats("vector"));
        } catch (IllegalArgumentException e) {
            throw e.getMessage().startsWith("[interest]") ? e
                : new IllegalArgumentException("[interest] " + e.getMessage());
        }
    }

    private static Event.Target shown(JsonObjectReader reader) {
        reader.require("items", "the list of the ids of the items shown");
        List<String> items = reader.strings("items");
        List<String> clicked = reader.has("clicked") ? reader.strings("clicked") : List.of();
        if (items.isEmpty() || items.size() > MOST_SHOWN) {
            throw new IllegalArgumentException(
                "[interest] [items] of event must hold 1 to " + MOST_SHOWN + " ids, but holds [" + items.size() + "]"
            );
        }
        items.forEach(item -> UserId.requireName("items", item));
        if (Set.copyOf(items).containsAll(clicked) == false) {
            throw reader.invalid("clicked", "a list of ids that stand in [items]");
        }
        return new Event.Target.Impression(items, clicked);
    }

    /** Checked whether history is kept or not, so that switching it on refuses nothing that was fine before. */
    private static HistoryEvent.Context context(JsonObjectReader reader) {
        OptionalLong position = reader.integer("position", 0, Integer.MAX_VALUE);
        return new HistoryEvent.Context(
            name(reader, "session"), name(reader, "query_id"), position.isPresent() ? position.getAsLong() : null,
            name(reader, "variant"), name(reader, "experiment"), name(reader, "team")
        );
    }

    /** Null where it is absent or empty. */
    private static String name(JsonObjectReader reader, String key) {
        String given = reader.optionalString(key, "");
        return given.isEmpty() ? null : UserId.requireName(key, given);
    }

    private static double ownWeight(JsonObjectReader reader) {
        return reader.number("weight", -MOST_WEIGHT, MOST_WEIGHT).getAsDouble();
    }

    /** Factor of the signal's weight; null if the event brings a weight of its own. */
    private static Double scale(JsonObjectReader reader, String type, Map<String, Double> signals) {
        double scaled = rating(reader, type);
        if (reader.has("weight")) {
            return null;
        }
        if (signals.get(type) == null) {
            throw new IllegalArgumentException(
                "[interest] [type] of event must be one of the tracker's signals " + signals.keySet()
                    + " or come with a [weight], but was [" + type + "]"
            );
        }
        return scaled;
    }

    /** A rating's place between its scale's middle (0) and its ends (−1, 1); 1 for all other types. */
    private static double rating(JsonObjectReader reader, String type) {
        boolean rating = type.equals(RATING);
        for (String key : List.of("value", "scale")) {
            if (reader.has(key) && rating == false) {
                throw new IllegalArgumentException(
                    "[interest] [" + key + "] of event goes with the type [rating] only, but the type is [" + type + "]"
                );
            }
        }
        if (rating == false) {
            return 1;
        }
        double low = 1;
        double high = 5;
        if (reader.has("scale")) {
            float[] scale = reader.floats("scale");
            if (scale.length != 2 || scale[0] >= scale[1]) {
                throw reader.invalid("scale", "two numbers, the lower first, such as [1, 5]");
            }
            low = scale[0];
            high = scale[1];
        }
        if (reader.has("weight") == false) {
            reader.require("value", "a number in [" + low + "," + high + "]");
        }
        OptionalDouble value = reader.number("value", low, high);
        return value.isPresent() ? 2 * (value.getAsDouble() - low) / (high - low) - 1 : 1;
    }
}
