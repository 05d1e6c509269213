package org.opensearch.interest.core.tracking;

import org.opensearch.interest.core.json.JsonObjectReader;
import org.opensearch.interest.core.ranking.ComponentWeights;
import org.opensearch.interest.core.ranking.RelevanceBlend;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The weights of an interest's parts as users write and read them: what is not named counts as it does by default.
 * Stateless.
 */
public final class ComponentWeightsJson {
    private static final ComponentWeights DEFAULT = ComponentWeights.CONTENT_ALONE;

    private ComponentWeightsJson() {}

    /** @param blend null where it is absent */
    public static ComponentWeights read(JsonObjectReader blend) {
        if (blend == null) {
            return DEFAULT;
        }
        double content = weight(blend, "content", DEFAULT.content());
        double related = weight(blend, "related", DEFAULT.related());
        double popular = weight(blend, "popular", DEFAULT.popular());
        double repeat = weight(blend, "repeat", DEFAULT.repeat());
        if (Stream.of(content, related, popular, repeat).allMatch(weight -> weight == 0)) {
            throw blend.invalid("content", "above 0 where all other weights of the blend are 0");
        }
        return new ComponentWeights(content, related, popular, repeat);
    }

    private static double weight(JsonObjectReader blend, String part, double ifAbsent) {
        return blend.number(part, 0, ComponentWeights.MOST, ifAbsent);
    }

    public static Map<String, Object> write(ComponentWeights weights) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("content", weights.content());
        json.put("related", weights.related());
        json.put("popular", weights.popular());
        json.put("repeat", weights.repeat());
        return json;
    }

    /** As in a query, which also says how relevance and interest are blended. */
    public static Map<String, Object> write(ComponentWeights weights, RelevanceBlend.Form form) {
        Map<String, Object> json = write(weights);
        json.put("form", form.spelling());
        return json;
    }
}
