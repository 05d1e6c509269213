package org.opensearch.interest.search.pipeline;

import org.opensearch.common.Nullable;
import org.opensearch.interest.cluster.explanation.Explanation;
import org.opensearch.interest.core.tracking.Attribution;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** JSON form of a hit's explanation. */
final class ExplanationJson {
    private static final Set<String> NAMED = Set.of(
        Attribution.Kind.TOPIC.spelling(), Attribution.Kind.DECLARED.spelling(), Attribution.Kind.AGAINST.spelling()
    );

    private ExplanationJson() {}

    /**
     * @param interest    the part of the score that comes from interest
     * @param explanation null if unknown
     * @param without     the score without the events that the explanation cites; null if unknown
     */
    static Map<String, Object> of(
        double score, double interest, @Nullable Explanation explanation, @Nullable Float without
    ) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", "interest");
        json.put("score", score);
        json.put("relevance", score - interest);
        json.put("interest", interest);
        if (explanation == null || explanation.parts().isEmpty()) {
            return json;
        }
        explanation.parts()
            .stream()
            .filter(part -> NAMED.contains(part.kind()))
            .findFirst()
            .ifPresent(part -> json.put("topic", named(part)));
        json.put("parts", explanation.parts().stream().map(part -> part(part, interest)).toList());
        json.put("events", explanation.events().stream().map(ExplanationJson::event).toList());
        json.put("others", 1 - explanation.events().stream().mapToDouble(Explanation.Cited::share).sum());
        if (without != null) {
            json.put("without", Map.of("score", without));
        }
        return json;
    }

    private static Map<String, Object> named(Explanation.Contribution part) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (part.topic() >= 0) {
            json.put("id", Integer.toString(part.topic()));
        }
        json.put("label", part.label());
        json.put("share", part.share());
        return json;
    }

    private static Map<String, Object> part(Explanation.Contribution part, double interest) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("part", part.kind());
        if (NAMED.contains(part.kind())) {
            json.putAll(named(part));
        }
        if (part.item() != null) {
            json.put("item", part.item());
        }
        if (part.title() != null) {
            json.put("title", part.title());
        }
        json.put("share", part.share());
        json.put("adds", part.share() * interest);
        return json;
    }

    private static Map<String, Object> event(Explanation.Cited event) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", event.type());
        json.put(event.item() == null ? "text" : "item", event.item() == null ? event.text() : event.item());
        if (event.title() != null) {
            json.put("title", event.title());
        }
        json.put("timestamp", Instant.ofEpochMilli(event.timestamp()).toString());
        json.put("count", event.count());
        json.put("share", event.share());
        return json;
    }
}
