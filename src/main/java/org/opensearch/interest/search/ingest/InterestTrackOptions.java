package org.opensearch.interest.search.ingest;

import org.opensearch.interest.core.json.JsonObjectReader;

import java.util.List;
import java.util.Map;

/**
 * Options of the {@code interest_track} processor.
 *
 * @param tracker       may be created after the pipeline
 * @param errorField    the field for the reason why an event was rejected
 * @param ignoreUnknown true to skip documents that are no evidence
 */
record InterestTrackOptions(String tracker, EventMapping mapping, String errorField, boolean ignoreUnknown) {
    private static final String DEFAULT_ERROR_FIELD = "interest_error";

    /**
     * Reads the known keys and removes them from the configuration; OpenSearch rejects a pipeline with unknown keys
     * left.
     */
    static InterestTrackOptions takeFrom(Map<String, Object> config) {
        JsonObjectReader json = new JsonObjectReader(InterestTrackProcessor.TYPE, config);
        boolean ubi = json.oneOf("preset", "", "ubi").equals("ubi");
        EventMapping mapping = ubi ? EventMapping.ubi() : EventMapping.plain();
        for (String property : EventMapping.PROPERTIES) {
            String key = property + "_field";
            if (json.has(key)) {
                mapping = mapping.with(property, name(json, key));
            }
        }
        InterestTrackOptions options = new InterestTrackOptions(
            name(json, "tracker"), mapping, json.has("error_field") ? name(json, "error_field") : DEFAULT_ERROR_FIELD,
            json.bool("ignore_unknown", ubi)
        );
        EventMapping.PROPERTIES.forEach(property -> config.remove(property + "_field"));
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
