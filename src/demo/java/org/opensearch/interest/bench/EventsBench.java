package org.opensearch.interest.bench;

import com.google.gson.JsonObject;
import org.opensearch.interest.node.Http;
import org.opensearch.interest.node.Installation;
import org.opensearch.interest.node.LocalNode;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Benchmark of tracking against a self-made solution: batches of 500 events of 1,500 users through the events endpoint
 * (profiles with short and long term, negative evidence, eight topics), with and without history, and as Painless
 * updates of one decayed vector per user, which the client must supply. With one sender, and with two at once. Also
 * measures the latency of single events and the size of a profile on disk. Argument: batches per round (20).
 */
public final class EventsBench {
    private static final int USERS = 1_500;
    private static final int ITEMS = 2_000;
    private static final int BATCH = 500;
    private static final int DIMENSION = 384;
    private static final String KEEPING = "keeping";
    /** Events without history, which is comparable to the Painless updates. */
    private static final String PLAIN = "plain";
    private static final int ROUNDS = 5;
    private static final int[] SENDERS = { 1, 2 };
    private static final String DECAYED_UPDATE = """
        if (ctx.op == 'create') { ctx._source.s = params.v; ctx._source.t = params.t; return; } \
        double f = Math.pow(2, -(params.t - ctx._source.t) / params.h); def s = ctx._source.s; \
        for (int i = 0; i < s.size(); i++) { s[i] = s[i] * f + params.v[i]; } ctx._source.t = params.t;""";

    private final LocalNode node;
    private final Http http;
    private final int batches;
    private final Random random = new Random(7);
    private final String[] vectors = new String[ITEMS];
    private final AtomicLong time = new AtomicLong(System.currentTimeMillis() - 30L * 86_400_000);

    private EventsBench(LocalNode node, int batches) {
        this.node = node;
        this.http = node.http();
        this.batches = batches;
    }

    public static void main(String[] arguments) throws IOException {
        int batches = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
        Path distribution = Path.of(System.getProperty("interest.distribution"));
        try (
            Installation installation = Installation
                .of(distribution, List.of(Path.of(System.getProperty("interest.plugin.zip"))));
            LocalNode node = LocalNode.start(installation)) {
            new EventsBench(node, batches).run();
        }
    }

    private void run() throws IOException {
        http.put(
            "/products",
            "{\"settings\":{\"number_of_replicas\":0},"
                + "\"mappings\":{\"properties\":{\"embedding\":{\"type\":\"interest_vector\",\"dimension\":384}}}}"
        ).ok();
        StringBuilder bulk = new StringBuilder();
        // fifty kinds of items, so that users have distinct topics
        double[][] kinds = new double[50][];
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = gaussian(new double[DIMENSION], 1);
        }
        for (int i = 0; i < ITEMS; i++) {
            vectors[i] = json(gaussian(kinds[i % kinds.length], 0.7));
            bulk.append("{\"index\":{\"_id\":\"p").append(i).append("\"}}\n");
            bulk.append("{\"title\":\"item ").append(i).append("\",\"embedding\":").append(vectors[i]).append("}\n");
        }
        http.postLines("/products/_bulk?refresh=true", bulk.toString()).ok();
        String items = "{\"items\":{\"index\":\"products\",\"title_field\":\"title\"}";
        http.put("/_plugins/_interest/trackers/" + KEEPING, items + "}").ok();
        http.put("/_plugins/_interest/trackers/" + PLAIN, items + ",\"history\":false}").ok();
        http.put("/diy", "{\"settings\":{\"number_of_replicas\":0},\"mappings\":{\"dynamic\":false}}").ok();
        http.put(
            "/_scripts/decayed", "{\"script\":{\"lang\":\"painless\",\"source\":\"" + DECAYED_UPDATE.strip() + "\"}}"
        ).ok();

        for (int senders : SENDERS) {
            compare(senders);
        }
        single();
        size();
    }

    /** Measures the ways in turn, so that other load on the machine affects all of them alike. */
    private void compare(int senders) throws IOException {
        Map<String, Batch> ways = new LinkedHashMap<>();
        ways.put("Painless updates", this::painless);
        ways.put("events endpoint", () -> events(KEEPING));
        ways.put("events endpoint, history off", () -> events(PLAIN));
        Map<String, List<Double>> rates = new LinkedHashMap<>();
        for (int round = -1; round < ROUNDS; round++) {
            System.out.printf(Locale.ROOT, "%d senders, round %d%s", senders, round + 1, round < 0 ? " (warm-up)" : "");
            for (Map.Entry<String, Batch> way : ways.entrySet()) {
                Rate rate = rate(way.getValue(), senders);
                System.out.printf(Locale.ROOT, ", %s %s", way.getKey(), rate);
                if (round >= 0) {
                    rates.computeIfAbsent(way.getKey(), name -> new ArrayList<>()).add(rate.perSecond);
                }
            }
            System.out.println();
        }
        double painless = Medians.of(rates.get("Painless updates"));
        rates.forEach((name, all) -> {
            double median = Medians.of(all);
            System.out.printf(
                Locale.ROOT, "%d senders, median: %s %,.0f/s, %.1fx%n", senders, name, median, median / painless
            );
        });
    }

    private interface Batch {
        void send() throws IOException;
    }

    /** @param cpuMicros CPU time of the node per update, in microseconds */
    private record Rate(double perSecond, double cpuMicros) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%,.0f/s (%.0f µs of CPU each)", perSecond, cpuMicros);
        }
    }

    /** Sends batches with several senders; each sends its share one batch after the other. */
    private Rate rate(Batch batch, int senders) throws IOException {
        long cpu = cpuNanos();
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(senders)) {
            List<Future<Void>> sent = new ArrayList<>();
            for (int i = 0; i < batches; i++) {
                sent.add(threads.submit(() -> {
                    batch.send();
                    return null;
                }));
            }
            for (Future<Void> one : sent) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("a batch failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while batches were sent", e);
        }
        double updates = (double) batches * BATCH;
        return new Rate(updates / ((System.nanoTime() - start) / 1e9), (cpuNanos() - cpu) / 1e3 / updates);
    }

    private long cpuNanos() {
        return ProcessHandle.of(node.pid())
            .flatMap(process -> process.info().totalCpuDuration())
            .map(Duration::toNanos)
            .orElse(0L);
    }

    private void events(String tracker) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < BATCH; i++) {
            lines.append(event()).append('\n');
        }
        Http.Answer answer = http.postLines("/_plugins/_interest/trackers/" + tracker + "/events", lines.toString())
            .ok();
        if (answer.object().get("errors").getAsBoolean()) {
            throw new IOException("events failed: " + answer.text().substring(0, 500));
        }
    }

    /** Most users like a few kinds of items. */
    private String event() {
        int user = random.nextInt(USERS);
        int kind = (user * 7 + random.nextInt(6) * 11) % 50;
        int item = kind + 50 * random.nextInt(ITEMS / 50);
        long clock = time.addAndGet(500);
        return "{\"user\":\"u" + user + "\",\"type\":\"click\",\"item\":\"p" + item + "\",\"timestamp\":" + clock + "}";
    }

    private void painless() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < BATCH; i++) {
            long clock = time.addAndGet(500);
            lines.append("{\"update\":{\"_id\":\"u")
                .append(random.nextInt(USERS))
                .append("\",\"retry_on_conflict\":3}}\n")
                .append(
                    "{\"scripted_upsert\":true,\"upsert\":{},\"script\":{\"id\":\"decayed\",\"params\":{\"h\":7776000000,\"t\":"
                )
                .append(clock)
                .append(",\"v\":")
                .append(vectors[random.nextInt(ITEMS)])
                .append("}}}\n");
        }
        JsonObject answer = http.postLines("/diy/_bulk", lines.toString()).ok().object();
        if (answer.get("errors").getAsBoolean()) {
            throw new IllegalStateException("updates failed: " + answer.toString().substring(0, 500));
        }
    }

    private void single() {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < 1_100; i++) {
            String event = event();
            long start = System.nanoTime();
            http.post("/_plugins/_interest/trackers/" + KEEPING + "/events", event).ok();
            if (i >= 100) {
                millis.add((System.nanoTime() - start) / 1e6);
            }
        }
        Collections.sort(millis);
        System.out.printf(
            Locale.ROOT, "one event a request: p50 %.1f ms, p99 %.1f ms%n", Medians.of(millis),
            millis.get(millis.size() * 99 / 100)
        );
    }

    /**
     * Copies the index first, because an index keeps earlier versions of written documents for a while, for replicas
     * that catch up.
     */
    private void size() {
        String profiles = "/.plugins-interest-profiles-" + KEEPING;
        http.post(profiles + "/_refresh", "").ok();
        JsonObject mappings = http.get(profiles + "/_mapping")
            .ok()
            .object()
            .getAsJsonObject(profiles.substring(1))
            .getAsJsonObject("mappings");
        http.put(
            "/copy",
            "{\"settings\":{\"number_of_replicas\":0,\"index.derived_source.enabled\":true},\"mappings\":" + mappings
                + "}"
        ).ok();
        http.post(
            "/_reindex?refresh=true",
            "{\"source\":{\"index\":\".plugins-interest-profiles-" + KEEPING + "\"},\"dest\":{\"index\":\"copy\"}}"
        ).ok();
        http.post("/copy/_forcemerge?max_num_segments=1", "").ok();
        JsonObject primaries = http.get("/copy/_stats/docs,store")
            .ok()
            .object()
            .getAsJsonObject("_all")
            .getAsJsonObject("primaries");
        long users = primaries.getAsJsonObject("docs").get("count").getAsLong();
        long bytes = primaries.getAsJsonObject("store").get("size_in_bytes").getAsLong();
        System.out.printf(Locale.ROOT, "%,d profiles take %,d bytes on disk each%n", users, bytes / users);
    }

    private double[] gaussian(double[] around, double spread) {
        double[] vector = new double[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = around[i] + spread * random.nextGaussian();
        }
        return vector;
    }

    private static String json(double[] vector) {
        StringBuilder json = new StringBuilder(DIMENSION * 7).append('[');
        for (int i = 0; i < DIMENSION; i++) {
            json.append(i == 0 ? "" : ",").append(Math.round(vector[i] * 10_000) / 10_000.0);
        }
        return json.append(']').toString();
    }
}
