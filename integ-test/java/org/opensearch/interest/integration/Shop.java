package org.opensearch.interest.integration;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.opensearch.interest.node.Http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Smallest shop that demonstrates personalized search: four products, a tracker over them, and searches that return the
 * order of the hits.
 */
final class Shop {
    static final Map<String, String> TITLES = titles();
    private static final String PATH = "/_plugins/_interest/trackers/";

    private final Http http;
    private final String index;
    private final String tracker;

    /** @param embeddingField mapping of the field {@code embedding}, as JSON */
    Shop(Http http, String index, String settings, String embeddingField) {
        this.http = http;
        this.index = index;
        this.tracker = index + "-tracker";
        http.put("/_ingest/pipeline/embed", """
            {"processors": [{"interest_embedding": {"fields": ["title"], "target_field": "embedding"}}]}""").ok();
        http.put(
            "/" + index,
            """
                {"settings": {"number_of_replicas": 0, "default_pipeline": "embed"%s},
                 "mappings": {"properties": {"title": {"type": "text"}, "embedding": %s}}}"""
                .formatted(settings, embeddingField)
        ).ok();
        StringBuilder bulk = new StringBuilder();
        TITLES.forEach((id, title) -> bulk.append("""
            {"index": {"_id": "%s"}}
            {"title": "%s"}
            """.formatted(id, title)));
        JsonObject answer = http.postLines("/" + index + "/_bulk?refresh=true", bulk.toString()).ok().object();
        if (answer.get("errors").getAsBoolean()) {
            throw new AssertionError(answer);
        }
        http.put(PATH + tracker, """
            {"items": {"index": "%s", "vector_field": "embedding", "title_field": "title"}}""".formatted(index)).ok();
    }

    static Shop withInterestVectors(Http http) {
        return new Shop(http, "products", "", """
            {"type": "interest_vector", "dimension": 384}""");
    }

    String tracker() {
        return tracker;
    }

    /** Sends events, each of which must be applied. */
    void record(String... events) {
        JsonObject answer = http.post(PATH + tracker + "/events", "{\"events\": [" + String.join(",", events) + "]}")
            .ok()
            .object();
        for (JsonElement item : answer.getAsJsonArray("items")) {
            if (!"applied".equals(
                item.getAsJsonObject().has("result") ? item.getAsJsonObject().get("result").getAsString() : ""
            )) {
                throw new AssertionError("an event was not applied: " + answer);
            }
        }
    }

    JsonObject user(String user) {
        return http.get(PATH + tracker + "/users/" + user + "?vectors=true").ok().object();
    }

    /** Returns the ids of the hits, best first. */
    List<String> ranked(String query) {
        String body = "{\"size\": 20, \"query\": " + query + "}";
        JsonObject answer = http.post("/" + index + "/_search", body).ok().object();
        JsonArray hits = answer.getAsJsonObject("hits").getAsJsonArray("hits");
        List<String> ids = new ArrayList<>();
        hits.forEach(hit -> ids.add(hit.getAsJsonObject().get("_id").getAsString()));
        return ids;
    }

    List<String> rankedFor(String user) {
        return ranked("""
            {"interest": {"tracker": "%s", "user": "%s"}}""".formatted(tracker, user));
    }

    private static Map<String, String> titles() {
        Map<String, String> titles = new LinkedHashMap<>();
        titles.put("mug", "coffee mug");
        titles.put("bread", "bread");
        titles.put("shoes", "jogging shoes");
        titles.put("insoles", "running shoe insoles");
        return titles;
    }
}
