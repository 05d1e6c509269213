package org.opensearch.interest.integration;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.opensearch.interest.node.Http;
import org.opensearch.interest.node.Installation;
import org.opensearch.interest.node.LocalNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Clients on two nodes that all send events of one user lose nothing: the final profile equals the one that a single
 * client produces.
 */
class ConcurrentEventsIT {
    private static final int THREADS = 8;
    private static final int EVENTS_PER_THREAD = 500;
    private static final int LARGEST_BATCH = 20;
    private static final int DIMENSION = 384;
    private static final long SEED = 20261122L;
    private static final long SPREAD_MILLIS = TimeUnit.DAYS.toMillis(60);
    private static final String TRACKER = "/_plugins/_interest/trackers/shop";
    private static final double SAME_DIRECTION = 0.99999;

    private final long now = System.currentTimeMillis();

    @Test
    void eightThreadsOnTwoNodesLeaveWhatOneWriterLeaves() throws Exception {
        try (Installation installation = Installation
            .of(BuildArtifacts.distribution(), List.of(BuildArtifacts.plugin()))) {
            LocalNode first = LocalNode
                .start(installation, "node-1", Map.of("cluster.initial_cluster_manager_nodes", "node-1"), List.of());
            LocalNode second = LocalNode
                .start(installation, "node-2", Map.of("discovery.seed_hosts", first.transport()), List.of());
            assertEquals(
                2,
                first.http()
                    .get("/_cluster/health?wait_for_nodes=2&timeout=60s")
                    .ok()
                    .object()
                    .get("number_of_nodes")
                    .getAsInt()
            );
            createTracker(first.http());

            List<List<String>> byThread = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                byThread.add(events(new Random(SEED + thread)));
            }
            sendTogether(List.of(first.http(), second.http()), byThread);
            byThread.forEach(events -> send(first.http(), "alone", events, new Random(SEED)));

            for (LocalNode node : List.of(first, second)) {
                assertSame(user(node.http(), "together"), user(node.http(), "alone"));
            }
        }
    }

    private static void createTracker(Http http) {
        http.put("/items", """
            {"mappings": {"properties": {"embedding": {"type": "interest_vector", "dimension": 384}}}}""").ok();
        http.put(TRACKER, """
            {"items": {"index": "items", "vector_field": "embedding"}}""").ok();
    }

    private static void sendTogether(List<Http> nodes, List<List<String>> byThread) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(byThread.size())) {
            List<Future<?>> senders = new ArrayList<>();
            for (int i = 0; i < byThread.size(); i++) {
                Http node = nodes.get(i % nodes.size());
                List<String> events = byThread.get(i);
                Random batches = new Random(SEED - i);
                senders.add(threads.submit(() -> send(node, "together", events, batches)));
            }
            for (Future<?> sender : senders) {
                sender.get(5, TimeUnit.MINUTES);
            }
        }
    }

    /** Sends events, all of which must be applied: the server resolves conflicts. */
    private static void send(Http node, String user, List<String> events, Random batches) {
        for (int from = 0; from < events.size();) {
            int to = Math.min(events.size(), from + 1 + batches.nextInt(LARGEST_BATCH));
            StringBuilder lines = new StringBuilder();
            events.subList(from, to).forEach(event -> lines.append(event.replace("USER", user)).append('\n'));
            JsonObject answer = node.postLines(TRACKER + "/events", lines.toString()).ok().object();
            assertEquals(false, answer.get("errors").getAsBoolean(), answer.toString());
            for (JsonElement item : answer.getAsJsonArray("items")) {
                assertEquals("applied", item.getAsJsonObject().get("result").getAsString());
            }
            from = to;
        }
    }

    private List<String> events(Random random) {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < EVENTS_PER_THREAD; i++) {
            StringBuilder vector = new StringBuilder();
            for (int d = 0; d < DIMENSION; d++) {
                vector.append(d == 0 ? "" : ",").append((float) random.nextGaussian());
            }
            Instant time = Instant.ofEpochMilli(now - random.nextLong(SPREAD_MILLIS));
            events.add(
                "{\"user\":\"USER\",\"type\":\"click\",\"weight\":%s,\"timestamp\":\"%s\",\"vector\":[%s]}"
                    .formatted(0.1 + random.nextDouble() * 4, time, vector)
            );
        }
        return events;
    }

    private JsonObject user(Http node, String user) {
        return node.get(TRACKER + "/users/" + user + "?vectors=true&at=" + now).ok().object();
    }

    private static void assertSame(JsonObject together, JsonObject alone) {
        assertEquals(THREADS * EVENTS_PER_THREAD, alone.get("events").getAsInt());
        assertEquals(THREADS * EVENTS_PER_THREAD, together.get("events").getAsInt());
        assertSameDirection("vector", together.getAsJsonArray("vector"), alone.getAsJsonArray("vector"));
        for (String part : List.of("short_term", "long_term")) {
            assertSameDirection(
                part, together.getAsJsonObject(part).getAsJsonArray("vector"),
                alone.getAsJsonObject(part).getAsJsonArray("vector")
            );
            double weight = alone.getAsJsonObject(part).get("weight").getAsDouble();
            assertEquals(weight, together.getAsJsonObject(part).get("weight").getAsDouble(), weight * 1e-5, part);
        }
        assertEquals(alone.get("first_event"), together.get("first_event"));
        assertEquals(alone.get("last_event"), together.get("last_event"));
    }

    private static void assertSameDirection(String name, JsonArray a, JsonArray b) {
        double product = 0;
        double squareA = 0;
        double squareB = 0;
        for (int i = 0; i < DIMENSION; i++) {
            product += a.get(i).getAsDouble() * b.get(i).getAsDouble();
            squareA += Math.pow(a.get(i).getAsDouble(), 2);
            squareB += Math.pow(b.get(i).getAsDouble(), 2);
        }
        double cosine = product / Math.sqrt(squareA * squareB);
        assertTrue(cosine >= SAME_DIRECTION, name + ": cosine " + cosine);
    }
}
