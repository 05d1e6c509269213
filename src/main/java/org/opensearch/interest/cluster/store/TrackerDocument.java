package org.opensearch.interest.cluster.store;

import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.TrackerJson;

import java.util.HashMap;
import java.util.Map;

/**
 * Stored form of a tracker: its configuration as a user wrote it and, beside it, the results of fits and evaluations.
 */
final class TrackerDocument {
    private static final String UID = "uid";
    private static final String CONFIGURATION = "configuration";
    /** Beside the configuration: a fit changes nothing that a user wrote. */
    private static final String FIT_VERSION = "geometry_version";
    private static final String FIT_ITEMS = "geometry_items";
    private static final String FIT_MODEL_VERSION = "geometry_model_version";
    private static final String USER_KEY = "user_key_check";
    /** The evaluation that chose the settings. */
    private static final String TUNED = "tuned";

    private TrackerDocument() {}

    static Map<String, Object> source(Tracker tracker) {
        Map<String, Object> source = new HashMap<>();
        source.put(UID, tracker.uid());
        source.put(CONFIGURATION, TrackerJson.write(tracker));
        source.put(FIT_VERSION, tracker.fit().version());
        source.put(FIT_ITEMS, tracker.fit().items());
        if (tracker.fit().modelVersion() != null) {
            source.put(FIT_MODEL_VERSION, tracker.fit().modelVersion());
        }
        if (tracker.userKey() != null) {
            source.put(USER_KEY, tracker.userKey().check());
        }
        Tracker.Tuned tuned = tracker.tuned();
        if (tuned != null) {
            source.put(
                TUNED,
                Map.of(
                    "report", tuned.report(), "metric", tuned.metric(), "before", tuned.before(), "after",
                    tuned.after(), "low", tuned.low(), "high", tuned.high(), "at", tuned.at()
                )
            );
        }
        return source;
    }

    /** Returns the tracker without the key of its user ids' hashes, which is not stored. */
    @SuppressWarnings("unchecked")
    static Tracker read(String name, Map<String, Object> source) {
        Tracker tracker = TrackerJson
            .read(name, (String) source.get(UID), (Map<String, Object>) source.get(CONFIGURATION));
        if (source.get(TUNED) instanceof Map<?, ?> tuned) {
            tracker = tracker.withTuned(tuned((Map<String, Object>) tuned));
        }
        long version = ((Number) source.get(FIT_VERSION)).longValue();
        long items = ((Number) source.get(FIT_ITEMS)).longValue();
        return tracker.withFit(new Tracker.Fit(version, items, (String) source.get(FIT_MODEL_VERSION)));
    }

    /** Returns the check value of the key; null if user ids are not hashed. */
    static String userKeyCheck(Map<String, Object> source) {
        return (String) source.get(USER_KEY);
    }

    private static Tracker.Tuned tuned(Map<String, Object> json) {
        return new Tracker.Tuned(
            (String) json.get("report"), (String) json.get("metric"), number(json, "before"), number(json, "after"),
            number(json, "low"), number(json, "high"), ((Number) json.get("at")).longValue()
        );
    }

    private static double number(Map<String, Object> json, String key) {
        return ((Number) json.get(key)).doubleValue();
    }
}
