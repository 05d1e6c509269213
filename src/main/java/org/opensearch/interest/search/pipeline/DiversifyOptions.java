package org.opensearch.interest.search.pipeline;

import org.opensearch.common.Nullable;
import org.opensearch.interest.core.json.JsonObjectReader;
import org.opensearch.interest.core.ranking.Diversity;

import java.util.List;
import java.util.Map;

/**
 * Options of the {@code interest_diversify} processor.
 *
 * @param tracker determines the field and the topics to consider; null if every search names its own
 * @param field   of the item vectors; null for the tracker's field
 * @param window  the number of hits to reorder, in [1,500]
 */
record DiversifyOptions(@Nullable String tracker, @Nullable String field, Diversity diversity, int window) {
    private static final double DEFAULT_DIVERSITY = 0.3;
    /**
     * The limit exists because every pair in a window is compared: with 384 dimensions and eight topics, 100 hits take
     * 2 ms of a core and 500 hits take 45 ms.
     */
    private static final int MAX_WINDOW = 500;
    private static final List<String> KEYS = List.of("tracker", "field", "diversity", "window");

    /**
     * Reads the known keys and removes them from the configuration; OpenSearch rejects a pipeline with unknown keys
     * left.
     */
    static DiversifyOptions takeFrom(Map<String, Object> config) {
        JsonObjectReader json = new JsonObjectReader(DiversifyProcessor.TYPE, config);
        String field = json.optionalString("field", null);
        if (field != null && field.isBlank()) {
            throw json.invalid("field", "the name of a field");
        }
        DiversifyOptions options = new DiversifyOptions(
            PersonalizeOptions.tracker(json), field, new Diversity(json.number("diversity", 0, 1, DEFAULT_DIVERSITY)),
            (int) json.integer("window", 1, MAX_WINDOW, PersonalizeOptions.DEFAULT_WINDOW)
        );
        config.keySet().removeAll(KEYS);
        return options;
    }
}
