package org.opensearch.interest.integration;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
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
import java.util.concurrent.locks.LockSupport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A node under ten times its capacity. The test first measures the capacity, then sends ten times as much without
 * waiting for responses. The load slows down, requests beyond OpenSearch's indexing pressure are rejected as a whole,
 * and every accepted document is kept with its vector. Searches still work and the node survives.
 * {@code -Dinterest.overload.seconds=60} runs the long form.
 */
class OverloadIT {
    private static final int SECONDS = Integer.getInteger("interest.overload.seconds", 8);
    private static final int ENOUGH_SENDERS = 2;
    private static final int TIMES = 10;
    private static final int BULK = 100;
    private static final Map<String, String> SMALL = Map.of(
        "plugins.interest.inference.queue_size", "300",
        // so that some thousand documents are pending after the overload, and not ten times the whole load
        "indexing_pressure.memory.limit", "2mb"
    );

    private final AtomicInteger ids = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger turnedAway = new AtomicInteger();

    @Test
    void tenTimesTheLoadSlowsDownAndLosesNothing() throws Exception {
        try (
            Installation installation = Installation
                .of(BuildArtifacts.distribution(), List.of(BuildArtifacts.plugin()));
            LocalNode node = LocalNode.start(installation, SMALL)) {
            Http http = node.http();
            http.put("/_ingest/pipeline/embed", """
                {"processors": [{"interest_embedding": {"fields": ["title"], "target_field": "embedding"}}]}""").ok();
            http.put(
                "/items",
                """
                    {"settings": {"number_of_replicas": 0, "default_pipeline": "embed"},
                     "mappings": {"properties": {"title": {"type": "text"}, "embedding": {"type": "interest_vector", "dimension": 384}}}}"""
            ).ok();
            http.put("/_plugins/_interest/trackers/items", """
                {"items": {"index": "items", "vector_field": "embedding", "title_field": "title"}}""").ok();
            http.post("/_plugins/_interest/trackers/items/events", """
                {"user": "u1", "type": "search", "text": "running shoes"}""").ok();

            List<Double> calm = steady(http);
            double sustainable = accepted.get() / (double) SECONDS;
            int before = accepted.get();
            int offeredBefore = ids.get();
            List<Double> stormy = storm(http, TIMES * sustainable);
            double offered = (ids.get() - offeredBefore) / (double) SECONDS;

            System.out.printf(
                Locale.ROOT,
                "ingest: %.0f documents/s can be sustained; %.0f documents/s offered for %d s, %d accepted, %d turned away%n"
                    + "a search with its query's vector: p50 %.0f ms and p99 %.0f ms; overloaded p50 %.0f ms and p99 %.0f ms%n",
                sustainable, offered, SECONDS, accepted.get() - before, turnedAway.get(), percentile(calm, 50),
                percentile(calm, 99), percentile(stormy, 50), percentile(stormy, 99)
            );
            http.post("/items/_refresh", "").ok();
            assertTrue(
                offered >= 0.99 * TIMES * sustainable,
                "ten times what can be sustained arrived: " + offered + " of " + sustainable
            );
            assertEquals(ids.get(), accepted.get() + turnedAway.get(), "answered, each of them");
            assertEquals(accepted.get(), count(http, "{\"match_all\": {}}"), "documents lost, or half accepted");
            assertEquals(
                accepted.get(), count(http, "{\"exists\": {\"field\": \"embedding\"}}"), "documents without a vector"
            );
            assertTrue(stormy.size() >= 5, "searches went on all the while");
            JsonObject inference = http.get("/_plugins/_interest/_local/stats")
                .ok()
                .object()
                .getAsJsonObject("nodes")
                .entrySet()
                .iterator()
                .next()
                .getValue()
                .getAsJsonObject()
                .getAsJsonObject("inference");
            assertEquals(0, inference.get("queue").getAsInt(), "nothing is left in the queue");
            assertTrue(
                ProcessHandle.of(node.pid()).orElseThrow().isAlive(),
                "the process that was started is the one that answered"
            );
        }
    }

    /** Sends with enough senders to keep the node busy, each of which waits for its response. */
    private List<Double> steady(Http http) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(ENOUGH_SENDERS)) {
            List<Future<?>> sent = new ArrayList<>();
            for (int i = 0; i < ENOUGH_SENDERS; i++) {
                sent.add(threads.submit(() -> {
                    while (over.get() == false) {
                        send(http, newDocuments());
                    }
                }));
            }
            List<Double> searches = searches(http, "calm", end());
            over.set(true);
            await(sent);
            return searches;
        }
    }

    /** Sends at a fixed rate without waiting for responses: a late sender catches up at once. */
    private List<Double> storm(Http http, double documentsASecond) throws Exception {
        try (ExecutorService bulks = Executors.newVirtualThreadPerTaskExecutor();
            ExecutorService arrival = Executors.newSingleThreadExecutor()) {
            List<Future<?>> sent = new ArrayList<>();
            long start = System.nanoTime();
            long end = end();
            Future<?> arrived = arrival.submit(() -> {
                int first = ids.get();
                for (double due = 0; due < documentsASecond * SECONDS; due += BULK) {
                    // sleeps until this bulk is due: the test needs arrivals spaced by the clock
                    LockSupport.parkNanos(start + (long) (due / documentsASecond * 1e9) - System.nanoTime());
                    List<Integer> documents = newDocuments();
                    sent.add(bulks.submit(() -> send(http, documents)));
                }
                return ids.get() - first;
            });
            List<Double> searches = searches(http, "stormy", end);
            arrived.get(1, TimeUnit.MINUTES);
            await(sent);
            return searches;
        }
    }

    private static long end() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    }

    private static void await(List<Future<?>> sent) throws Exception {
        for (Future<?> sender : sent) {
            sender.get(10, TimeUnit.MINUTES);
        }
    }

    /** Searches until the deadline, and returns the times in milliseconds. */
    private static List<Double> searches(Http http, String name, long end) {
        List<Double> searches = new ArrayList<>();
        for (int i = 0; System.nanoTime() < end; i++) {
            long start = System.nanoTime();
            search(http, name + "-" + i);
            searches.add((System.nanoTime() - start) / 1e6);
        }
        return searches;
    }

    /** Embeds a new text as a vector, and ranks a user's page. */
    private static void search(Http http, String text) {
        http.post(
            "/_plugins/_interest/models/all-minilm-l6-v2/_embed",
            "{\"texts\": [\"wet trails " + text + "\"], \"type\": \"query\"}"
        ).ok();
        http.post(
            "/items/_search",
            """
                {"_source": false, "query": {"interest": {"tracker": "items", "user": "u1", "query": {"match": {"title": "shoes"}}}}}"""
        ).ok();
    }

    private List<Integer> newDocuments() {
        List<Integer> documents = new ArrayList<>(BULK);
        for (int i = 0; i < BULK; i++) {
            documents.add(ids.getAndIncrement());
        }
        return documents;
    }

    /** Counts every document as accepted or as rejected; any other response fails. */
    private void send(Http http, List<Integer> documents) {
        StringBuilder lines = new StringBuilder();
        documents.forEach(
            id -> lines.append("{\"index\": {\"_id\": \"")
                .append(id)
                .append("\"}}\n")
                .append("{\"title\": \"jogging shoes for muddy trails, model ")
                .append(id)
                .append("\"}\n")
        );
        Http.Answer answer = http.postLines("/items/_bulk", lines.toString());
        if (answer.status() == 429) {
            turnedAway.addAndGet(documents.size());
            return;
        }
        for (JsonElement item : answer.ok().object().getAsJsonArray("items")) {
            JsonObject index = item.getAsJsonObject().getAsJsonObject("index");
            int status = index.get("status").getAsInt();
            assertTrue(status == 201 || status == 429, index.toString());
            (status == 429 ? turnedAway : accepted).incrementAndGet();
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
