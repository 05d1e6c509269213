package org.opensearch.interest.demo;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Catalogue, users and queries of the demo's shop. */
record DemoData(Map<String, JsonObject> catalogue, List<Persona> personas, List<Query> queries) {

    record Persona(String id, String name, String about, List<PersonaEvent> events) {}

    /** Event of a persona; {@code text} or {@code item} is null, except for a comment, which has both. */
    record PersonaEvent(String type, String text, String item, Double value, double hours_ago) {}

    record Query(String text, String note) {}

    private record Personas(List<Persona> personas) {}

    private record Queries(List<Query> queries) {}

    static DemoData read() {
        Map<String, JsonObject> catalogue = new LinkedHashMap<>();
        resource("catalogue.ndjson").lines()
            .filter(line -> !line.isBlank())
            .map(line -> JsonParser.parseString(line).getAsJsonObject())
            .forEach(item -> catalogue.put(item.get("id").getAsString(), item));
        Gson gson = new Gson();
        return new DemoData(
            catalogue, gson.fromJson(resource("personas.json"), Personas.class).personas(),
            gson.fromJson(resource("queries.json"), Queries.class).queries()
        );
    }

    String title(String item) {
        return catalogue.get(item).get("title").getAsString();
    }

    private static String resource(String name) {
        try (InputStream in = DemoData.class.getResourceAsStream("/demo/" + name)) {
            if (in == null) {
                throw new IllegalStateException("/demo/" + name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
