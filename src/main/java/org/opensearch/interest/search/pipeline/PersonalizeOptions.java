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
 * What a pipeline says about its {@code interest_personalize}.
 *
 * @param tracker  may be created later than the pipeline; null where every search names its own
 * @param weight   in [0,1]
 * @param strategy how candidates are found where the query is wrapped
 * @param window   how many hits are re-ranked, in [1,1000]; null where the query is wrapped
 * @param blend    how the coordinating node blends a window; null where the shards do
 * @param strict   whether a tracker that does not exist fails the search
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
     * Relevance speaks louder, as in the example of the query's documentation: whoever typed something looks for that.
     */
    private static final double DEFAULT_WEIGHT = 0.3;
    static final int DEFAULT_WINDOW = 100;
    static final int MAX_WINDOW = 1_000;

    private static final List<String> KEYS = List.of("tracker", "weight", "strategy", "window", "blend", "strict");

    /** Takes the keys it knows out of the configuration; OpenSearch refuses a pipeline for those that are left. */
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

    /** Null where absent. */
    static String tracker(JsonObjectReader json) {
        String tracker = json.optionalString("tracker", null);
        if (tracker != null && tracker.isBlank()) {
            throw json.invalid("tracker", "the name of a tracker");
        }
        return tracker;
    }

    /** As a variant of an experiment has it: what it does not say stays. */
    PersonalizeOptions under(Variant variant) {
        float own = variant.weight() == null ? weight : variant.weight().floatValue();
        Strategy how = variant.strategy() == null ? strategy : Strategy.parse(variant.strategy());
        return new PersonalizeOptions(tracker, own, how, window, blend, strict);
    }

    /** With the weight that a search says. */
    PersonalizeOptions withWeight(float other) {
        return new PersonalizeOptions(tracker, other, strategy, window, blend, strict);
    }

    int windowSize() {
        return window == null ? DEFAULT_WINDOW : window;
    }
}
