package org.opensearch.interest.search.pipeline;

import org.opensearch.common.Nullable;
import org.opensearch.interest.core.experiment.Variant;
import org.opensearch.interest.core.json.JsonObjectReader;
import org.opensearch.interest.core.ranking.WindowBlend;
import org.opensearch.interest.search.query.Strategy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Options of the {@code interest_personalize} processor.
 *
 * @param tracker  may be created after the pipeline; null if every search names its own
 * @param weight   of interest, in [0,1]
 * @param strategy finds the candidates if the query is wrapped
 * @param window   the number of hits to re-rank, in [1,1000]; null if the query is wrapped
 * @param blend    the coordinating node's blend of a window; null if the shards blend
 * @param strict   true if a missing tracker fails the search
 */
record PersonalizeOptions(
    @Nullable String tracker,
    float weight,
    Strategy strategy,
    @Nullable Integer window,
    @Nullable WindowBlend blend,
    boolean strict
) {
    /**
     * Relevance has the larger weight, as in the example of the query's documentation, because the user searches for
     * the text they typed.
     */
    private static final double DEFAULT_WEIGHT = 0.3;
    static final int DEFAULT_WINDOW = 100;
    static final int MAX_WINDOW = 1_000;

    private static final List<String> KEYS = List.of("tracker", "weight", "strategy", "window", "blend", "strict");

    /**
     * Reads the known keys and removes them from the configuration; OpenSearch rejects a pipeline with unknown keys
     * left.
     */
    static PersonalizeOptions takeFrom(Map<String, Object> config) {
        JsonObjectReader json = new JsonObjectReader(PersonalizeProcessor.TYPE, config);
        String blend = json.oneOf("blend", null, WindowBlend.RRF.spelling(), WindowBlend.MIN_MAX.spelling());
        OptionalLong window = json.integer("window", 1, MAX_WINDOW);
        PersonalizeOptions options = new PersonalizeOptions(
            tracker(json), (float) json.number("weight", 0, 1, DEFAULT_WEIGHT),
            Strategy.parse(json.optionalString("strategy", Strategy.AUTO.spelling())),
            window.isPresent() ? (Integer) (int) window.getAsLong() : null,
            blend == null ? null : WindowBlend.valueOf(blend.toUpperCase(Locale.ROOT)), json.bool("strict", false)
        );
        if (json.has("strategy") && (window.isPresent() || blend != null)) {
            throw new IllegalArgumentException(
                "[interest] [strategy] of interest_personalize finds candidates for a query, and goes neither with [window] nor with [blend]"
            );
        }
        config.keySet().removeAll(KEYS);
        return options;
    }

    /** Reads the tracker; null if absent. */
    static String tracker(JsonObjectReader json) {
        String tracker = json.optionalString("tracker", null);
        if (tracker != null && tracker.isBlank()) {
            throw json.invalid("tracker", "the name of a tracker");
        }
        return tracker;
    }

    /**
     * Returns these options with the weight and the strategy of a variant of an experiment; those that the variant does
     * not set stay.
     */
    PersonalizeOptions withVariant(Variant variant) {
        float newWeight = variant.weight() == null ? weight : variant.weight().floatValue();
        Strategy newStrategy = variant.strategy() == null ? strategy : Strategy.parse(variant.strategy());
        return new PersonalizeOptions(tracker, newWeight, newStrategy, window, blend, strict);
    }

    /** Returns these options with the weight of a search. */
    PersonalizeOptions withWeight(float other) {
        return new PersonalizeOptions(tracker, other, strategy, window, blend, strict);
    }

    int windowSize() {
        return window == null ? DEFAULT_WINDOW : window;
    }
}
