package org.opensearch.interest.bench;

import com.google.gson.JsonObject;
import org.opensearch.interest.node.Http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Benchmark of personalized search on the index of {@link NodeBench}, against solutions without the plugin: eight
 * interests in Painless and eight vector queries. Also measures a rescored window and several clients at once.
 */
final class PersonalBench {
    private static final int TOPICS = 8;
    private static final int CLIENTS = 4;

    private final Http http;
    private final Function<String, List<String>> searching;
    private final List<String> vectors = new ArrayList<>();

    PersonalBench(Http http, Function<String, List<String>> searching, Function<Random, String> vector, Random random) {
        this.http = http;
        this.searching = searching;
        for (int i = 0; i < TOPICS; i++) {
            vectors.add(vector.apply(random));
        }
    }

    void run(String byVector) {
        String byUser = interest("exact", 100);
        System.out.println("eight interests at once (x: times as fast as Painless):");
        String painless = "interests by a Painless script over 8 vectors";
        new Medians().add(painless, () -> search(painless()))
            .add("interest query by one vector, exact", () -> search(byVector))
            .add("interest query by user, exact", () -> search(byUser))
            .run(3, 9)
            .print(painless);
        String queries = "8 knn queries of the k-NN plugin, k=100, in bool.should";
        System.out.println("candidates by the vector index (x: times as fast as the 8 knn queries):");
        String vector = byVector.replace("\"exact\"", "\"ann\",\"k\":300");
        new Medians().add(queries, () -> search(should()))
            .add("interest query by user, ann, k=100", () -> search(interest("ann", 100)))
            .add("interest query by user, ann, k=300", () -> search(interest("ann", 300)))
            .add("interest query by user, exact", () -> search(byUser))
            .add("interest query by one vector, ann, k=300", () -> search(vector))
            .add("interest query by one vector, exact", () -> search(byVector))
            .run(10, 31)
            .print(queries);
        System.out.printf(
            Locale.ROOT, "the best 100 by user, of which ann finds: k=100 %.2f, k=300 %.2f%n", found(100), found(300)
        );
        System.out.printf(
            Locale.ROOT,
            "the best 100 by the sum of 8 cosines: 8 knn queries, k=100, in bool.should rank %.2f of them first, and find %.2f at all%n",
            summed(100), summed(800)
        );
        System.out.println("a window of 1,000 rescored:");
        String plain = "{\"size\":1000,\"_source\":false,\"query\":{\"match_all\":{}}}";
        String rescore = "\"rescore\":{\"window_size\":1000,\"interest\":{\"tracker\":\"bench\",\"user\":\"ann\"}},";
        String rescored = plain.replace("\"query\":", rescore + "\"query\":");
        String stranger = rescored.replace("\"ann\"", "\"stranger\"");
        new Medians().add("1,000 hits", () -> time(plain))
            .add("1,000 hits, rescorer of an unknown user", () -> time(stranger))
            .add("1,000 hits, rescored by interest", () -> time(rescored))
            .run(15, 61)
            .print("1,000 hits");
        JsonObject resolving = resolving();
        System.out.printf(
            Locale.ROOT,
            "resolving a user, as the node counts it: median %.2f ms, 99th percentile %.2f ms, %d searches%n",
            resolving.get("p50_ms").getAsDouble(), resolving.get("p99_ms").getAsDouble(),
            resolving.get("count").getAsLong()
        );
        atOnce(byUser);
    }

    private static String interest(String strategy, int k) {
        return "{\"interest\":{\"strategy\":\"" + strategy + "\",\"k\":" + k
            + ",\"tracker\":\"bench\",\"user\":\"ann\"}}";
    }

    private double found(int k) {
        List<String> best = searching.apply("{\"size\":100,\"_source\":false,\"query\":" + interest("exact", k) + "}");
        List<String> candidates = searching
            .apply("{\"size\":100,\"_source\":false,\"query\":" + interest("ann", k) + "}");
        return (double) best.stream().filter(new HashSet<>(candidates)::contains).count() / best.size();
    }

    /**
     * Returns the share of the best 100 documents, by the exact sum of the scores, that bool.should returns in its
     * first hits. A clause adds no score to documents that its vector search missed.
     */
    private double summed(int size) {
        List<String> best = searching
            .apply("{\"size\":100,\"_source\":false,\"query\":" + painless("score += 1 + %s;") + "}");
        List<String> found = searching.apply("{\"size\":" + size + ",\"_source\":false,\"query\":" + should() + "}");
        return (double) best.stream().filter(new HashSet<>(found)::contains).count() / best.size();
    }

    private void search(String query) {
        time("{\"size\":10,\"_source\":false,\"query\":" + query + "}");
    }

    /** Runs a search for its time; ignores its hits. */
    private void time(String search) {
        List<String> unused = searching.apply(search);
    }

    private String painless() {
        return painless("score = Math.max(score, 1 + %s);");
    }

    /** @param adding the formula that adds a cosine, {@code %s}, to the score */
    private String painless(String adding) {
        StringBuilder source = new StringBuilder("double score = 0;");
        StringBuilder params = new StringBuilder();
        for (int i = 0; i < TOPICS; i++) {
            source.append(adding.formatted("cosineSimilarity(params.v" + i + ", doc['theirs'])"));
            params.append(i == 0 ? "" : ",").append("\"v").append(i).append("\":").append(vectors.get(i));
        }
        String script = "{\"source\":\"" + source + "return score;\",\"params\":{" + params + "}}";
        return "{\"script_score\":{\"query\":{\"match_all\":{}},\"script\":" + script + "}}";
    }

    private String should() {
        List<String> clauses = new ArrayList<>();
        for (String vector : vectors) {
            clauses.add("{\"knn\":{\"theirs\":{\"k\":100,\"vector\":" + vector + "}}}");
        }
        return "{\"bool\":{\"should\":[" + String.join(",", clauses) + "]}}";
    }

    private JsonObject resolving() {
        return http.get("/_plugins/_interest/stats")
            .ok()
            .object()
            .getAsJsonObject("nodes")
            .entrySet()
            .iterator()
            .next()
            .getValue()
            .getAsJsonObject()
            .getAsJsonObject("search")
            .getAsJsonObject("latency");
    }

    private void atOnce(String query) {
        List<Double> alone = times(query, 30);
        List<Double> together = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Callable<List<Double>>> work = Collections.nCopies(CLIENTS, () -> times(query, 50));
            for (Future<List<Double>> client : clients.invokeAll(work)) {
                together.addAll(client.get());
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("a client failed: " + e.getMessage(), e);
        }
        Collections.sort(alone);
        Collections.sort(together);
        double median = together.get(together.size() / 2);
        double p99 = together.get((int) (together.size() * 0.99));
        System.out.printf(
            Locale.ROOT,
            "%d clients at once: median %.1f ms (one alone %.1f), 99th percentile %.1f ms, %.1f times the median%n",
            CLIENTS, median, alone.get(alone.size() / 2), p99, p99 / median
        );
    }

    private List<Double> times(String query, int rounds) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            long start = System.nanoTime();
            search(query);
            millis.add((System.nanoTime() - start) / 1e6);
        }
        return millis;
    }
}
