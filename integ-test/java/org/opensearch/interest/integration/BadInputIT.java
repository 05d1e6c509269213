package org.opensearch.interest.integration;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.opensearch.interest.node.Http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Invalid input is rejected with a helpful reason and changes nothing. */
class BadInputIT {
    private static final String EMBED = "/_plugins/_interest/models/all-minilm-l6-v2/_embed";
    private static final String TRACKERS = "/_plugins/_interest/trackers/";
    private static final String PIPELINE = "/_ingest/pipeline/wrong";
    private static final String ITEMS = "\"items\": {\"index\": \"products\", \"vector_field\": \"embedding\"}";
    private static final int TOO_LONG = 1_000_001;

    private static SingleNode node;
    private static Shop shop;
    private final List<String> failures = new ArrayList<>();

    @BeforeAll
    static void startNode() throws IOException {
        node = SingleNode.start();
        shop = Shop.withInterestVectors(node.http());
        shop.record("""
            {"user": "u1", "type": "click", "item": "mug"}""");
    }

    @AfterAll
    static void stopNode() throws IOException {
        if (node != null) {
            node.close();
        }
    }

    @Test
    void texts() {
        embed(400, "{\"texts\": [\"\"]}", "texts");
        embed(400, "{\"texts\": [\"  \"]}", "texts", "blank");
        embed(400, "{\"texts\": [\"half \\ud83d of a pair\"]}", "texts", "surrogate");
        embed(400, "{\"texts\": [\"" + "a ".repeat(TOO_LONG / 2) + "a\"]}", "texts", "1000001");
        embed(400, "{\"texts\": []}", "texts");
        embed(400, "{\"texts\": \"no list\"}", "texts");
        embed(400, "{\"texts\": [\"fine\"], \"typ\": \"query\"}", "typ");
        embed(400, "{\"texts\": [\"fine\"], \"type\": \"verse\"}", "type", "verse", "passage");
        embed(400, "{\"texts\": [\"fine\"", "");
        refused(
            404, "POST", "/_plugins/_interest/models/no-such-model/_embed", "{\"texts\": [\"fine\"]}", "no-such-model"
        );
        refused(404, "GET", "/_plugins/_interest/models/no-such-model", null, "no-such-model");
        done();
    }

    @Test
    void trackers() {
        tracker(400, "{}", "items");
        tracker(400, "{" + ITEMS + ", \"colour\": \"red\"}", "colour");
        tracker(400, "{\"items\": {\"index\": \"products\", \"vectorfield\": \"embedding\"}}", "vectorfield");
        for (String halfLife : List.of("0d", "-1d", "0s", "soon", "-6h")) {
            tracker(
                400, "{" + ITEMS + ", \"short_term\": {\"half_life\": \"" + halfLife + "\"}}", "half_life", halfLife
            );
            tracker(
                400, "{" + ITEMS + ", \"long_term\": {\"half_life\": \"" + halfLife + "\"}}", "half_life", halfLife
            );
        }
        for (String alpha : List.of("-0.1", "1.1", "1e9")) {
            tracker(400, "{" + ITEMS + ", \"alpha\": " + alpha + "}", "alpha", "[0");
        }
        tracker(400, "{" + ITEMS + ", \"alpha\": \"NaN\"}", "alpha");
        tracker(400, "{" + ITEMS + ", \"signals\": {\"click\": \"much\"}}", "click", "much");
        tracker(404, "{" + ITEMS + ", \"model_id\": \"no-such-model\"}", "no-such-model");
        for (String name : List.of("Shop", "_shop", "-shop", "a%20shop", "a,b", "a%22b", "%23shop", "a".repeat(256))) {
            refused(400, "PUT", TRACKERS + name, "{" + ITEMS + "}", "tracker");
        }
        refused(404, "GET", TRACKERS + "no-such-tracker", null, "no-such-tracker");
        refused(404, "DELETE", TRACKERS + "no-such-tracker", null, "no-such-tracker");
        refused(404, "GET", TRACKERS + "no-such-tracker/users/u1", null, "no-such-tracker");
        refused(
            404, "POST", TRACKERS + "no-such-tracker/events",
            "{\"user\": \"u1\", \"type\": \"click\", \"item\": \"mug\"}", "no-such-tracker"
        );
        JsonObject trackers = node.http().get("/_plugins/_interest/trackers").ok().object();
        assertEquals(1, trackers.getAsJsonArray("trackers").size(), "none of these became a tracker");
        done();
    }

    @Test
    void events() {
        event(400, "\"type\": \"click\"", "item", "text", "vector");
        event(400, "\"type\": \"click\", \"item\": \"mug\", \"text\": \"coffee\"", "item", "text");
        event(400, "\"type\": \"click\", \"text\": \"coffee\", \"vector\": " + vector("0.1"), "text", "vector");
        event(404, "\"type\": \"click\", \"item\": \"no-such-item\"", "no-such-item");
        event(400, "\"type\": \"click\", \"item\": \"mug\", \"colour\": \"red\"", "colour");
        event(400, "\"type\": \"juggle\", \"item\": \"mug\"", "type", "juggle");
        event(400, "\"item\": \"mug\"", "type");
        event(400, "\"type\": \"click\", \"vector\": [1, 2, 3]", "vector", "3", "384");
        event(400, "\"type\": \"click\", \"vector\": " + vector("0"), "vector");
        for (String wrong : List.of("NaN", "Infinity", "\"NaN\"", "1e39", "null")) {
            event(
                400, "\"type\": \"click\", \"vector\": " + vector(wrong),
                wrong.equals("NaN") || wrong.equals("Infinity") ? "" : "vector"
            );
        }
        event(400, "\"type\": \"click\", \"item\": \"mug\", \"weight\": \"NaN\"", "weight");
        event(400, "\"type\": \"search\", \"text\": \"\"", "text");
        event(400, "\"type\": \"search\", \"text\": \" \\t \"", "text", "blank");
        event(400, "\"type\": \"search\", \"text\": \"\\udc00\"", "text", "surrogate");
        event(400, "\"type\": \"search\", \"text\": \"" + "a ".repeat(TOO_LONG / 2) + "a\"", "text", "1000001");
        List<String> timestamps = List.of(
            "\"1969-12-31T23:59:59Z\"", "-1", "\"2999-01-01T00:00:00Z\"", "32503680000000", "\"yesterday\"",
            "\"2026-02-30T00:00:00Z\"", "true"
        );
        for (String timestamp : timestamps) {
            event(
                400, "\"type\": \"click\", \"item\": \"mug\", \"timestamp\": " + timestamp, "timestamp",
                timestamp.replace("\"", "")
            );
        }
        event(400, "\"type\": \"rating\", \"item\": \"mug\", \"value\": 6", "value", "6");
        event(400, "\"type\": \"rating\", \"item\": \"mug\", \"value\": 3, \"scale\": [5, 1]", "scale");
        done();
        assertEquals(1, shop.user("u1").get("events").getAsInt(), "none of these was counted");
    }

    @Test
    void userIds() {
        for (String user : List.of("", "x".repeat(2048), "a\\u0000b", "a\\nb", "\\u0085")) {
            String event = "{\"user\": \"" + user + "\", \"type\": \"click\", \"item\": \"mug\"}";
            refused(400, "POST", TRACKERS + shop.tracker() + "/events", event, "user", "512");
        }
        for (String user : List.of("x".repeat(2048), "a%00b", "a%0Ab")) {
            refused(400, "GET", TRACKERS + shop.tracker() + "/users/" + user, null, "user", "512");
        }
        refused(
            400, "POST", "/products/_search",
            "{\"query\": {\"interest\": {\"tracker\": \"" + shop.tracker() + "\", \"user\": \"\"}}}", "user"
        );
        done();
        for (String[] user : new String[][]{ { "a/b", "a%2Fb" }, { "..", "%2E%2E" }, { "two words", "two%20words" },
            { "😀", "%F0%9F%98%80" } }) {
            shop.record("{\"user\": \"" + user[0] + "\", \"type\": \"click\", \"item\": \"mug\"}");
            assertEquals(user[0], shop.user(user[1]).get("user").getAsString());
            assertEquals(1, shop.user(user[1]).get("events").getAsInt());
        }
    }

    @Test
    void aBrokenLineSpoilsNoOther() {
        String whole = "{\"user\": \"lines\", \"type\": \"click\", \"item\": \"mug\"}\n";
        String cut = whole + "{\"user\": \"lines\", \"type\": \"cli\n" + whole;
        Http.Answer answer = node.http().postLines(TRACKERS + shop.tracker() + "/events", cut).ok();
        assertTrue(answer.object().get("errors").getAsBoolean());
        List<Integer> statuses = answer.object()
            .getAsJsonArray("items")
            .asList()
            .stream()
            .map(item -> item.getAsJsonObject().get("status").getAsInt())
            .toList();
        assertEquals(List.of(200, 400, 200), statuses, answer.text());
        assertEquals(2, shop.user("lines").get("events").getAsInt());
    }

    @Test
    void queries() {
        String tracker = "\"tracker\": \"" + shop.tracker() + "\"";
        query(404, "{\"tracker\": \"no-such-tracker\", \"user\": \"u1\"}", "no-such-tracker");
        query(400, "{" + tracker + "}", "user", "vector");
        query(400, "{" + tracker + ", \"user\": \"u1\", \"vector\": " + vector("0.1") + "}", "user", "vector");
        query(400, "{" + tracker + ", \"user\": \"u1\", \"colour\": \"red\"}", "colour");
        for (String weight : List.of("-0.1", "1.1")) {
            query(400, "{" + tracker + ", \"user\": \"u1\", \"weight\": " + weight + "}", "weight", weight);
        }
        query(400, "{" + tracker + ", \"vector\": [1, 2, 3]}", "vector", "3", "384");
        query(400, "{" + tracker + ", \"vector\": " + vector("0") + "}", "vector");
        query(400, "{" + tracker + ", \"vector\": " + vector("\"NaN\"") + "}", "vector");
        done();
    }

    @Test
    void processors() {
        processor(400, "{\"fields\": [\"title\"], \"target_field\": \"embedding\", \"colour\": \"red\"}", "colour");
        processor(
            400, "{\"model_id\": \"no-such-model\", \"fields\": [\"title\"], \"target_field\": \"embedding\"}",
            "no-such-model"
        );
        processor(400, "{}", "field");
        processor(
            400, "{\"fields\": [\"title\"], \"target_field\": \"embedding\", \"type\": \"verse\"}", "type", "verse"
        );
        processor(400, "{\"fields\": [\"title\"], \"target_field\": \"embedding\", \"batch_size\": 0}", "batch_size");
        assertEquals(404, node.http().get(PIPELINE).status(), "the pipeline was never made");
        done();
    }

    @Test
    void ingestCutsWhatIsTooLong() {
        node.http()
            .put("/products/_doc/long?refresh=true", "{\"title\": \"" + "word ".repeat(TOO_LONG / 4) + "\"}")
            .ok();
        node.http().delete("/products/_doc/long?refresh=true").ok();
    }

    @Test
    void mappings() {
        refused(
            400, "PUT", "/wrong", "{\"mappings\": {\"properties\": {\"v\": {\"type\": \"interest_vector\"}}}}",
            "dimension"
        );
        refused(
            400, "PUT", "/wrong",
            "{\"mappings\": {\"properties\": {\"v\": {\"type\": \"interest_vector\", \"dimension\": 0}}}}", "dimension",
            "0"
        );
        refused(
            400, "PUT", "/wrong",
            "{\"mappings\": {\"properties\": {\"v\": {\"type\": \"interest_vector\", \"dimension\": 3, \"similarity\": \"taste\"}}}}",
            "similarity", "taste"
        );
        done();
    }

    private void embed(int status, String body, String... named) {
        refused(status, "POST", EMBED, body, named);
    }

    private void tracker(int status, String body, String... named) {
        refused(status, "PUT", TRACKERS + "wrong", body, named);
    }

    private void event(int status, String rest, String... named) {
        refused(status, "POST", TRACKERS + shop.tracker() + "/events", "{\"user\": \"u1\", " + rest + "}", named);
    }

    private void query(int status, String interest, String... named) {
        refused(status, "POST", "/products/_search", "{\"query\": {\"interest\": " + interest + "}}", named);
    }

    private void processor(int status, String options, String... named) {
        refused(status, "PUT", PIPELINE, "{\"processors\": [{\"interest_embedding\": " + options + "}]}", named);
    }

    private static String vector(String value) {
        return IntStream.range(0, 384).mapToObj(i -> value).collect(Collectors.joining(",", "[", "]"));
    }

    /** Collects the failures, so that one run shows all of them. */
    private void refused(int status, String method, String path, String body, String... named) {
        Http.Answer answer = node.http().send(method, path, body);
        String said = answer.text().toLowerCase(Locale.ROOT);
        List<String> missing = Stream.of(named).filter(name -> !said.contains(name.toLowerCase(Locale.ROOT))).toList();
        if (answer.status() != status || !missing.isEmpty()) {
            failures.add(
                shortened(method + " " + path + " " + body) + "\n   expected " + status + " naming " + List.of(named)
                    + "\n   but was  " + answer.status() + " " + shortened(answer.text())
            );
        }
    }

    private void done() {
        assertTrue(
            failures.isEmpty(),
            failures.size() + " answers are not what they should be:\n" + String.join("\n", failures)
        );
    }

    private static String shortened(String text) {
        return text.length() < 400 ? text : text.substring(0, 400) + "…";
    }
}
