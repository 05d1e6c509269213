package org.opensearch.interest.core.tracking;

import org.opensearch.interest.core.json.JsonObjectReader;
import org.opensearch.interest.core.profile.Evidence;
import org.opensearch.interest.core.profile.HalfLives;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A tracker's configuration as users write and read it. Every default stands here, once. */
public final class TrackerJson {
    /**
     * Default half-lives: a day and a year. Of the long half-lives tried on shop and wine data (7 to 365 days), a year
     * is the only one within 4 % of the best on every validation set; the short one and alpha made no significant
     * difference there, and a day is what the worked example of a session needs (src/docs/evaluation.md).
     */
    private static final String SHORT_TERM = "1d";
    private static final String LONG_TERM = "365d";
    private static final double ALPHA = 0.4;
    private static final String MODEL = "all-minilm-l6-v2";
    /** A year: what lasts of an interest has half of its weight then, and seasons come round. */
    private static final String RETENTION = "365d";
    /**
     * Seen from the catalogue's centre, 99 of 100 random pairs of titles, descriptions or searches have a cosine below
     * .30, and an item and its nearest neighbour one of .43 on average: evidence halfway between belongs together.
     */
    private static final Tracker.Topics TOPICS = new Tracker.Topics(8, 0.35);
    private static final String MODEL_VERSION = "model_version";
    private static final String GEOMETRY_VERSION = "geometry_version";
    private static final String EVALUATION = "evaluation";
    private static final String EXPERIMENT = "experiment";
    private static final int MOST_SIGNAL = 1_000_000;
    private static final Map<String, Double> SIGNALS = Map.of(
        "view", 0.5, "search", 1.0, "click", 1.0, "comment", 1.0, "rating", 1.0, "cart", 2.0, "purchase", 4.0,
        "dislike", -2.0,
        // twenty result pages passed over say as much as one click
        Evidence.IMPRESSION, -0.05
    );

    private TrackerJson() {}

    /**
     * @param name as in the path; a key "tracker" is allowed where it says the same, so that what GET answers can be
     *             sent back
     * @throws IllegalArgumentException naming the field, the value and what is allowed
     */
    public static Tracker read(String name, String uid, Map<String, ?> json) {
        JsonObjectReader reader = new JsonObjectReader("tracker", json);
        if (name.equals(reader.optionalString("tracker", name)) == false) {
            throw reader.invalid("tracker", "[" + name + "], as in the path");
        }
        Tracker tracker = new Tracker(
            name, uid, items(reader), nonEmpty(reader, "model_id", MODEL), signals(reader), halfLives(reader),
            reader.number("alpha", 0, 1, ALPHA),
            Tracker.GeometryMode.valueOf(reader.oneOf("geometry", "auto", "auto", "off").toUpperCase(Locale.ROOT)),
            topics(reader.object("topics")), ComponentWeightsJson.read(reader.object("blend")), history(reader),
            reader.has("privacy") && reader.object("privacy").bool("hash_user_ids", false), null, Tracker.Fit.NONE,
            null, reader.has(EXPERIMENT) ? ExperimentJson.read(reader.object(EXPERIMENT)) : null
        );
        // shown, not configured: taken so that what GET answers can be sent back
        reader.integer(GEOMETRY_VERSION, 0, Long.MAX_VALUE);
        reader.optionalString(MODEL_VERSION, null);
        reader.value(EVALUATION);
        reader.done();
        return tracker;
    }

    private static Tracker.Items items(JsonObjectReader reader) {
        reader.require("items", "an object with at least [index]");
        JsonObjectReader items = reader.object("items");
        items.require("index", "the name of the items' index");
        return new Tracker.Items(
            nonEmpty(items, "index", null), nonEmpty(items, "vector_field", "embedding"),
            items.has("title_field") ? nonEmpty(items, "title_field", null) : null
        );
    }

    private static Map<String, Double> signals(JsonObjectReader reader) {
        Map<String, Double> signals = new TreeMap<>(SIGNALS);
        JsonObjectReader given = reader.object("signals");
        if (given != null) {
            for (String type : given.keys()) {
                if (type.isBlank()) {
                    throw given.invalid(type, "the weight of an event type that has a name");
                }
                double most = type.equals(Evidence.IMPRESSION) ? 0 : MOST_SIGNAL;
                if (isObject(given, type)) {
                    given.object(type)
                        .number("weight", -MOST_SIGNAL, most)
                        .ifPresent(weight -> signals.put(type, weight));
                    if (signals.containsKey(type) == false) {
                        given.object(type).require("weight", "a number: the type is no signal yet");
                    }
                } else {
                    given.number(type, -MOST_SIGNAL, most).ifPresent(weight -> signals.put(type, weight));
                }
            }
        }
        return signals;
    }

    private static boolean isObject(JsonObjectReader signals, String type) {
        return signals.value(type) instanceof Map<?, ?>;
    }

    private static HalfLives halfLives(JsonObjectReader reader) {
        long longTerm = duration(reader, "long_term", "half_life", LONG_TERM);
        Map<String, Long> bySignal = new TreeMap<>();
        JsonObjectReader given = reader.object("signals");
        for (String type : given == null ? List.<String>of() : given.keys()) {
            if (isObject(given, type) && given.object(type).has("half_life")) {
                bySignal.put(type, duration(given, type, "half_life", null));
            }
        }
        HalfLives halfLives = new HalfLives(
            duration(reader, "short_term", "half_life", SHORT_TERM), longTerm, bySignal
        );
        if (halfLives.own().size() > HalfLives.MOST_OWN) {
            throw new IllegalArgumentException(
                "[interest] [signals] of tracker may have at most [" + HalfLives.MOST_OWN
                    + "] different half-lives beside [long_term], but have "
                    + halfLives.own().stream().map(Durations::write).toList()
                    + ": each is one more vector in every profile"
            );
        }
        return halfLives;
    }

    private static Tracker.Topics topics(JsonObjectReader topics) {
        if (topics == null) {
            return TOPICS;
        }
        return new Tracker.Topics(
            (int) topics.integer("max", 1, 64, TOPICS.max()), topics.number("similarity", 0, 1, TOPICS.similarity())
        );
    }

    /** An object, or short for one that says no more than [enabled]. */
    private static Tracker.History history(JsonObjectReader reader) {
        if (reader.value("history") instanceof Boolean enabled) {
            return new Tracker.History(enabled, Durations.parse(RETENTION));
        }
        JsonObjectReader given = reader.object("history");
        boolean enabled = given == null || given.bool("enabled", true);
        return new Tracker.History(enabled, duration(reader, "history", "retention", RETENTION));
    }

    private static String nonEmpty(JsonObjectReader reader, String key, String ifAbsent) {
        String value = reader.optionalString(key, ifAbsent);
        if (value != null && value.isBlank()) {
            throw reader.invalid(key, "a string that is not blank");
        }
        return value;
    }

    private static long duration(JsonObjectReader reader, String scale, String key, String ifAbsent) {
        JsonObjectReader object = reader.object(scale);
        String given = object == null ? ifAbsent : object.optionalString(key, ifAbsent);
        try {
            return Durations.parse(given);
        } catch (IllegalArgumentException e) {
            throw object.invalid(key, Durations.ALLOWED);
        }
    }

    /** With every default filled in; {@link #read} of it gives the same tracker. */
    public static Map<String, Object> write(Tracker tracker) {
        Map<String, Object> items = new LinkedHashMap<>();
        items.put("index", tracker.items().index());
        items.put("vector_field", tracker.items().vectorField());
        if (tracker.items().titleField() != null) {
            items.put("title_field", tracker.items().titleField());
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("tracker", tracker.name());
        json.put("items", items);
        json.put("model_id", tracker.modelId());
        json.put("signals", signals(tracker));
        json.put("short_term", Map.of("half_life", Durations.write(tracker.halfLives().shortTerm())));
        json.put("long_term", Map.of("half_life", Durations.write(tracker.halfLives().longTerm())));
        json.put("alpha", tracker.alpha());
        json.put("geometry", tracker.geometry().name().toLowerCase(Locale.ROOT));
        json.put(
            "topics", new TreeMap<>(Map.of("max", tracker.topics().max(), "similarity", tracker.topics().similarity()))
        );
        json.put("blend", ComponentWeightsJson.write(tracker.blend()));
        Tracker.History history = tracker.history();
        json.put(
            "history",
            new TreeMap<>(Map.of("enabled", history.enabled(), "retention", Durations.write(history.retention())))
        );
        json.put("privacy", Map.of("hash_user_ids", tracker.hashUserIds()));
        if (tracker.experiment() != null) {
            json.put(EXPERIMENT, ExperimentJson.write(tracker.experiment()));
        }
        return json;
    }

    private static Map<String, Object> signals(Tracker tracker) {
        Map<String, Object> signals = new TreeMap<>();
        tracker.signals().forEach((type, weight) -> {
            Long halfLife = tracker.halfLives().bySignal().get(type);
            signals.put(
                type,
                halfLife == null ? weight
                    : new TreeMap<>(Map.of("weight", weight, "half_life", Durations.write(halfLife)))
            );
        });
        return signals;
    }

    /** The settings by which interest is read, as they stand in a tracker's configuration. */
    public static Map<String, Object> reading(Tracker tracker) {
        Map<String, Object> all = write(tracker);
        all.keySet().retainAll(List.of("short_term", "long_term", "alpha", "geometry", "topics", "blend"));
        return all;
    }

    /**
     * As users see it: the configuration, which fit of the geometry is in use (0 where it is the model's own), of which
     * version of the model its items' vectors are, where that is known, and the evaluation behind it.
     */
    public static Map<String, Object> show(Tracker tracker) {
        Map<String, Object> json = write(tracker);
        json.put(GEOMETRY_VERSION, tracker.fit().isNone() ? 0 : tracker.fit().version());
        if (tracker.fit().modelVersion() != null) {
            json.put(MODEL_VERSION, tracker.fit().modelVersion());
        }
        if (tracker.tuned() != null) {
            json.put(EVALUATION, evidence(tracker.tuned()));
        }
        return json;
    }

    private static Map<String, Object> evidence(Tracker.Tuned tuned) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("report", tuned.report());
        json.put("applied", Instant.ofEpochMilli(tuned.at()).toString());
        json.put("metric", tuned.metric());
        json.put("before", tuned.before());
        json.put("after", tuned.after());
        json.put("difference", Map.of("ci", List.of(tuned.low(), tuned.high())));
        return json;
    }
}
