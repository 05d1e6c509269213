package org.opensearch.interest.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.opensearch.interest.node.Http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Client of the node for the shop: stores items, sends events and searches. */
final class DemoShop {
    static final String INDEX = "shop-items";
    static final String TRACKER = "shop";
    /** Weight of the user's interests in a hit's score; the text match has the rest. */
    static final double WEIGHT = 0.6;
    static final int PAGE = 5;
    private static final String API = "/_plugins/_interest/trackers/" + TRACKER;
    private static final double SECONDS_PER_HOUR = 3600;

    private final Http http;

    DemoShop(Http http) {
        this.http = http;
    }

    record Hit(String id, String title, double score) {}

    record Page(long took, List<Hit> hits) {}

    void createIndex() {
        http.put(
            "/_ingest/pipeline/shop-embedding",
            """
                {"processors": [{"interest_embedding": {"fields": ["title", "description"], "target_field": "embedding"}}]}"""
        ).ok();
        http.put("/" + INDEX, """
            {"settings": {"number_of_replicas": 0, "default_pipeline": "shop-embedding"},
             "mappings": {"properties": {
               "title": {"type": "text", "analyzer": "english"},
               "description": {"type": "text", "analyzer": "english"},
               "category": {"type": "keyword"}, "price": {"type": "float"}, "in_stock": {"type": "boolean"},
               "embedding": {"type": "interest_vector", "dimension": 384}}}}""").ok();
    }

    void addItems(Iterable<JsonObject> items) {
        StringBuilder bulk = new StringBuilder();
        for (JsonObject item : items) {
            bulk.append("{\"index\":{\"_id\":").append(item.get("id")).append("}}\n").append(item).append('\n');
        }
        requireNoErrors(http.postLines("/" + INDEX + "/_bulk?refresh=true", bulk.toString()).ok().object());
    }

    void createTracker() {
        http.put(API, """
            {"items": {"index": "%s", "vector_field": "embedding", "title_field": "title"}}""".formatted(INDEX)).ok();
    }

    void record(DemoData.Persona persona, Instant now) {
        JsonArray events = new JsonArray();
        for (DemoData.PersonaEvent personaEvent : persona.events()) {
            JsonObject event = new JsonObject();
            event.addProperty("user", persona.id());
            event.addProperty("type", personaEvent.type());
            event.addProperty(
                "timestamp", now.minusSeconds(Math.round(personaEvent.hours_ago() * SECONDS_PER_HOUR)).toString()
            );
            addIfPresent(event, "item", personaEvent.item());
            addIfPresent(event, "text", personaEvent.text());
            if (personaEvent.value() != null) {
                event.addProperty("value", personaEvent.value());
            }
            events.add(event);
        }
        JsonObject body = new JsonObject();
        body.add("events", events);
        requireNoErrors(http.post(API + "/events", body.toString()).ok().object());
    }

    JsonObject user(String id) {
        return http.get(API + "/users/" + id).ok().object();
    }

    /** Returns the page of a search without a user. */
    Page search(String words) {
        return page(words(words));
    }

    Page searchFor(String user, String words) {
        return page(
            """
                {"interest": {"tracker": "%s", "user": "%s", "weight": %s, "query": %s}}"""
                .formatted(TRACKER, user, WEIGHT, words(words))
        );
    }

    /**
     * Returns the user's interest score of the item, independent of any search text; the catalogue's average item has
     * 0.5.
     */
    double interest(String user, String item) {
        Page page = page(
            """
                {"interest": {"tracker": "%s", "user": "%s", "query": {"ids": {"values": ["%s"]}}}}"""
                .formatted(TRACKER, user, item)
        );
        return page.hits().getFirst().score();
    }

    float[] vectorOfItem(String id) {
        return floats(
            http.get("/" + INDEX + "/_source/" + id + "?_source_includes=embedding")
                .ok()
                .object()
                .getAsJsonArray("embedding")
        );
    }

    float[] vectorOfText(String text) {
        JsonObject body = new JsonObject();
        JsonArray texts = new JsonArray();
        texts.add(text);
        body.add("texts", texts);
        body.addProperty("type", "query");
        JsonObject answer = http.post("/_plugins/_interest/models/all-minilm-l6-v2/_embed", body.toString())
            .ok()
            .object();
        return floats(answer.getAsJsonArray("embeddings").get(0).getAsJsonObject().getAsJsonArray("vector"));
    }

    static String words(String words) {
        JsonObject match = new JsonObject();
        match.addProperty("query", words);
        return "{\"multi_match\": {\"query\": " + match.get("query") + ", \"fields\": [\"title^2\", \"description\"]}}";
    }

    private Page page(String query) {
        String body = "{\"size\": " + PAGE + ", \"_source\": [\"title\"], \"query\": " + query + "}";
        JsonObject answer = http.post("/" + INDEX + "/_search", body).ok().object();
        List<Hit> hits = new ArrayList<>();
        for (JsonElement element : answer.getAsJsonObject("hits").getAsJsonArray("hits")) {
            JsonObject hit = element.getAsJsonObject();
            String title = hit.getAsJsonObject("_source").get("title").getAsString();
            hits.add(new Hit(hit.get("_id").getAsString(), title, hit.get("_score").getAsDouble()));
        }
        return new Page(answer.get("took").getAsLong(), hits);
    }

    private static float[] floats(JsonArray numbers) {
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = numbers.get(i).getAsFloat();
        }
        return vector;
    }

    private static void addIfPresent(JsonObject event, String key, String value) {
        if (value != null) {
            event.addProperty(key, value);
        }
    }

    private static void requireNoErrors(JsonObject answer) {
        if (answer.get("errors").getAsBoolean()) {
            throw new IllegalStateException("not everything was accepted: " + answer);
        }
    }
}
