package org.opensearch.interest.search.ingest;

import org.opensearch.interest.core.json.JsonObjectReader;

import java.util.List;
import java.util.Map;

/**
 * What a pipeline says about its {@code interest_track}.
 *
 * @param tracker       may be created later than the pipeline
 * @param errorField    where the reason goes when an event is refused
 * @param ignoreUnknown whether documents that are no evidence are passed over
 */
record InterestTrackOptions(String tracker, EventMapping mapping, String errorField, boolean ignoreUnknown) {
    private static final String DEFAULT_ERROR_FIELD = "interest_error";

    /** Takes the keys it knows out of the configuration; OpenSearch refuses a pipeline for those that are left. */
    static InterestTrackOptions takeFrom(Map<String, Object> config) {
        JsonObjectReader json = new JsonObjectReader(InterestTrackProcessor.TYPE, config);
        boolean ubi = json.oneOf("preset", "", "ubi").equals("ubi");
        EventMapping mapping = ubi ? EventMapping.ubi() : EventMapping.plain();
        for (String part : EventMapping.PARTS) {
            String key = part + "_field";
            if (json.has(key)) {
                mapping = mapping.with(part, name(json, key));
            }
        }
        InterestTrackOptions options = new InterestTrackOptions(
            name(json, "tracker"), mapping, json.has("error_field") ? name(json, "error_field") : DEFAULT_ERROR_FIELD,
            json.bool("ignore_unknown", ubi)
        );
        EventMapping.PARTS.forEach(part -> config.remove(part + "_field"));
        config.keySet().removeAll(List.of("tracker", "preset", "error_field", "ignore_unknown"));
        return options;
    }

    private static String name(JsonObjectReader json, String key) {
        String name = json.requiredString(key);
        if (name.isBlank() || name.startsWith(".") || name.endsWith(".") || name.contains("..")) {
            throw json.invalid(key, key.equals("tracker") ? "the name of a tracker" : "the name of a field");
        }
        return name;
    }
}
