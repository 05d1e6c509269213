package org.opensearch.interest.search.pipeline;

import org.opensearch.common.Nullable;
import org.opensearch.interest.core.json.JsonObjectReader;
import org.opensearch.interest.core.ranking.Diversity;

import java.util.List;
import java.util.Map;

/**
 * What a pipeline says about its {@code interest_diversify}.
 *
 * @param tracker names the field, and whose topics count; null where every search names its own
 * @param field   of the item vectors; null for the tracker's
 * @param window  how many hits are put in order, in [1,500]
 */
record DiversifyOptions(@Nullable String tracker, @Nullable String field, Diversity diversity, int window) {
    private static final double DEFAULT_DIVERSITY = 0.3;
    /**
     * Every pair of a window is compared: at 384 dimensions and eight topics 100 hits take 2 ms of a core, and 500 take
     * 45.
     */
    private static final int MAX_WINDOW = 500;
    private static final List<String> KEYS = List.of("tracker", "field", "diversity", "window");

    /** Takes the keys it knows out of the configuration; OpenSearch refuses a pipeline for those that are left. */
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
