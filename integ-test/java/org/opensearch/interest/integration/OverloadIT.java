package org.opensearch.interest.integration;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.junit.Test;
import org.opensearch.interest.node.Http;
import org.opensearch.interest.node.Installation;
import org.opensearch.interest.node.LocalNode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/**
 * Ten times the senders that keep a node busy, with a queue far too small for them: the load slows down and loses nothing, searches go
 * on, the node lives. {@code -Dinterest.overload.seconds=60} for the long form.
 */
public class OverloadIT {
    private static final int SECONDS = Integer.getInteger("interest.overload.seconds", 8);
    private static final int ENOUGH_SENDERS = 2;
    private static final int TOO_MANY = 10 * ENOUGH_SENDERS;
    private static final int BULK = 100;
    private static final Map<String, String> SMALL_QUEUE = Map.of("plugins.interest.inference.queue_size", "300");

    private final AtomicInteger ids = new AtomicInteger();
    private final AtomicInteger turnedAway = new AtomicInteger();

    @Test
    public void tenTimesTheLoadSlowsDownAndLosesNothing() throws Exception {
        try (Installation installation = Installation.of(Built.distribution(), List.of(Built.plugin()));
            LocalNode node = LocalNode.start(installation, SMALL_QUEUE)) {
            Http http = node.http();
            http.put("/_ingest/pipeline/embed", """
                {"processors": [{"interest_embedding": {"fields": ["title"], "target_field": "embedding"}}]}""").ok();
            http.put("/items", """
                {"settings": {"number_of_replicas": 0, "default_pipeline": "embed"},
                 "mappings": {"properties": {"title": {"type": "text"}, "embedding": {"type": "interest_vector", "dimension": 384}}}}""").ok();
            http.put("/_plugins/_interest/trackers/items", """
                {"items": {"index": "items", "vector_field": "embedding", "title_field": "title"}}""").ok();
            http.post("/_plugins/_interest/trackers/items/events", """
                {"user": "u1", "type": "search", "text": "running shoes"}""").ok();

            int before = ids.get();
            List<Double> calm = load(http, ENOUGH_SENDERS, SECONDS);
            double sustainable = (ids.get() - before) / (double) SECONDS;
            before = ids.get();
            List<Double> stormy = load(http, TOO_MANY, SECONDS);
            double overloaded = (ids.get() - before) / (double) SECONDS;

            System.out.printf(
                Locale.ROOT,
                "ingest: %d senders %.0f documents/s, %d senders %.0f documents/s, %d bulks or documents sent again after 429%n"
                    + "a search with its query's vector: p50 %.0f ms and p99 %.0f ms; overloaded p50 %.0f ms and p99 %.0f ms%n",
                ENOUGH_SENDERS, sustainable, TOO_MANY, overloaded, turnedAway.get(),
                percentile(calm, 50), percentile(calm, 99), percentile(stormy, 50), percentile(stormy, 99)
            );
            http.post("/items/_refresh", "").ok();
            assertEquals("documents lost", ids.get(), count(http, "{\"match_all\": {}}"));
            assertEquals("documents without a vector", ids.get(), count(http, "{\"exists\": {\"field\": \"embedding\"}}"));
            assertTrue("searches went on all the while", stormy.size() >= 5);
            JsonObject inference = http.get("/_plugins/_interest/_local/stats").ok().object().getAsJsonObject("nodes")
                .entrySet().iterator().next().getValue().getAsJsonObject().getAsJsonObject("inference");
            assertEquals("nothing is left in the queue", 0, inference.get("queue").getAsInt());
            assertTrue("the process that was started is the one that answered", ProcessHandle.of(node.pid()).orElseThrow().isAlive());
        }
    }

    /** Milliseconds that searches took meanwhile. */
    private List<Double> load(Http http, int senders, int seconds) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        List<Double> searches = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(senders)) {
            List<Future<?>> sent = new ArrayList<>();
            for (int i = 0; i < senders; i++) {
                sent.add(threads.submit(() -> {
                    while (over.get() == false) {
                        send(http, newDocuments());
                    }
                }));
            }
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            for (int i = 0; System.nanoTime() < end; i++) {
                long start = System.nanoTime();
                search(http, senders + "-" + i);
                searches.add((System.nanoTime() - start) / 1e6);
            }
            over.set(true);
            for (Future<?> sender : sent) {
                sender.get(3, TimeUnit.MINUTES);
            }
        }
        return searches;
    }

    /** A text that nobody asked before becomes a vector, and a user's page is ranked. */
    private static void search(Http http, String text) {
        http.post("/_plugins/_interest/models/all-minilm-l6-v2/_embed", "{\"texts\": [\"wet trails " + text + "\"], \"type\": \"query\"}").ok();
        http.post("/items/_search", """
            {"_source": false, "query": {"interest": {"tracker": "items", "user": "u1", "query": {"match": {"title": "shoes"}}}}}""").ok();
    }

    private List<Integer> newDocuments() {
        List<Integer> documents = new ArrayList<>(BULK);
        for (int i = 0; i < BULK; i++) {
            documents.add(ids.getAndIncrement());
        }
        return documents;
    }

    /** As a careful client does: what was answered with 429 is sent again, until all of it is in. */
    private void send(Http http, List<Integer> documents) {
        List<Integer> left = documents;
        while (left.isEmpty() == false) {
            StringBuilder lines = new StringBuilder();
            left.forEach(id -> lines.append("{\"index\": {\"_id\": \"").append(id).append("\"}}\n{\"title\": \"jogging shoes for muddy trails, model ").append(id).append("\"}\n"));
            Http.Answer answer = http.postLines("/items/_bulk", lines.toString());
            List<Integer> again = new ArrayList<>();
            if (answer.status() == 429) {
                again = left;
                turnedAway.incrementAndGet();
            } else {
                JsonArray items = answer.ok().object().getAsJsonArray("items");
                for (int i = 0; i < left.size(); i++) {
                    JsonElement index = items.get(i).getAsJsonObject().get("index");
                    int status = index.getAsJsonObject().get("status").getAsInt();
                    assertTrue(index.toString(), status == 200 || status == 201 || status == 429);
                    if (status == 429) {
                        again.add(left.get(i));
                        turnedAway.incrementAndGet();
                    }
                }
            }
            left = again;
        }
    }

    private static int count(Http http, String query) {
        return http.post("/items/_count", "{\"query\": " + query + "}").ok().object().get("count").getAsInt();
    }

    private static double percentile(List<Double> millis, int percent) {
        List<Double> sorted = new ArrayList<>(millis);
        Collections.sort(sorted);
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }
}
