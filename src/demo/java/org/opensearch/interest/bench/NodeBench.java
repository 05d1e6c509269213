package org.opensearch.interest.bench;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.opensearch.interest.node.Http;
import org.opensearch.interest.node.Installation;
import org.opensearch.interest.node.LocalNode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Benchmark of one real node with this plugin and the k-NN plugin: start-up, ingest of titles, and exact search over
 * all documents against the k-NN plugin's exact score. Arguments: number of documents (100000) and of dimensions (384).
 */
public final class NodeBench {
    private static final int BATCH = 500;
    /** Number of vectors to fit a geometry to. */
    private static final int SAMPLE = 3_000;

    private final Http http;
    private final int documents;
    private final int dimension;

    private NodeBench(Http http, int documents, int dimension) {
        this.http = http;
        this.documents = documents;
        this.dimension = dimension;
    }

    public static void main(String[] arguments) throws IOException {
        int documents = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        int dimension = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 384;
        Path plugin = Path.of(System.getProperty("interest.plugin.zip"));
        Path knn = Path.of(System.getProperty("interest.knn.zip"));
        System.out.printf(Locale.ROOT, "zip %.1f MB%n", Files.size(plugin) / 1e6);
        try (Installation installation = Installation
            .of(Path.of(System.getProperty("interest.distribution")), List.of(knn, plugin))) {
            long start = System.nanoTime();
            try (LocalNode node = LocalNode.start(installation)) {
                System.out.printf(Locale.ROOT, "node up after %.1f s%n", (System.nanoTime() - start) / 1e9);
                NodeBench bench = new NodeBench(node.http(), documents, dimension);
                bench.ingest();
                bench.search();
            }
        }
    }

    /** Sends a thousand titles like the demo's in one request through a pipeline that only embeds, three times. */
    private void ingest() throws IOException {
        http.put(
            "/_ingest/pipeline/embed",
            "{\"processors\":[{\"interest_embedding\":{\"fields\":[\"title\"],\"target_field\":\"embedding\"}}]}"
        ).ok();
        http.put(
            "/titles",
            "{\"mappings\":{\"properties\":{\"embedding\":{\"type\":\"interest_vector\",\"dimension\":384}}}}"
        ).ok();
        List<String> titles = titles();
        for (int round = 0; round < 4; round++) {
            StringBuilder bulk = new StringBuilder();
            for (int i = 0; i < 1_000; i++) {
                JsonObject item = new JsonObject();
                item.addProperty("title", titles.get(i % titles.size()) + " no. " + (round * 1_000 + i));
                bulk.append("{\"index\":{}}\n").append(item).append('\n');
            }
            long start = System.nanoTime();
            Http.Answer answer = http.postLines("/titles/_bulk?pipeline=embed", bulk.toString()).ok();
            double seconds = (System.nanoTime() - start) / 1e9;
            if (answer.object().get("errors").getAsBoolean()) {
                throw new IOException("the bulk request failed: " + answer.text().substring(0, 500));
            }
            System.out.printf(Locale.ROOT, "ingest of 1,000 titles, round %d: %.0f texts/s%n", round, 1_000 / seconds);
        }
    }

    private static List<String> titles() throws IOException {
        try (InputStream in = NodeBench.class.getResourceAsStream("/demo/catalogue.ndjson")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                .map(line -> JsonParser.parseString(line).getAsJsonObject().get("title").getAsString())
                .toList();
        }
    }

    private void search() throws IOException {
        http.put(
            "/items",
            "{\"settings\":{\"number_of_shards\":1,\"number_of_replicas\":0,\"refresh_interval\":\"-1\",\"index.knn\":true},"
                + "\"mappings\":{\"_source\":{\"excludes\":[\"ours\",\"theirs\"]},"
                + "\"properties\":{\"ours\":{\"type\":\"interest_vector\",\"dimension\":" + dimension + "},"
                + "\"theirs\":{\"type\":\"knn_vector\",\"dimension\":" + dimension
                + ",\"method\":{\"engine\":\"lucene\",\"name\":\"hnsw\",\"space_type\":\"cosinesimil\"}}}}}"
        ).ok();
        Random random = new Random(1);
        long start = System.nanoTime();
        for (int from = 0; from < documents; from += BATCH) {
            StringBuilder bulk = new StringBuilder();
            for (int i = from; i < Math.min(documents, from + BATCH); i++) {
                String vector = vector(random);
                bulk.append("{\"index\":{\"_id\":\"").append(i).append("\"}}\n");
                bulk.append("{\"ours\":").append(vector).append(",\"theirs\":").append(vector).append("}\n");
            }
            http.postLines("/items/_bulk", bulk.toString()).ok();
        }
        http.post("/items/_refresh", "").ok();
        http.post("/items/_forcemerge?max_num_segments=1", "").ok();
        http.post("/items/_refresh", "").ok();
        System.out.printf(
            Locale.ROOT, "indexed %,d x %d in %.0f s, one segment%n", documents, dimension,
            (System.nanoTime() - start) / 1e9
        );

        track(random);
        for (int i = 0; i < 8; i++) {
            http.post(
                "/_plugins/_interest/trackers/bench/events",
                "{\"user\":\"ann\",\"type\":\"click\",\"vector\":" + vector(random) + "}"
            ).ok();
        }
        int topics = http.get("/_plugins/_interest/trackers/bench/users/ann")
            .ok()
            .object()
            .getAsJsonArray("topics")
            .size();
        if (topics != 8) {
            throw new IOException("the user has [" + topics + "] topics and not 8");
        }
        String query = vector(random);
        String knnScore = search(
            "{\"script_score\":{\"query\":{\"match_all\":{}},\"script\":{\"lang\":\"knn\",\"source\":\"knn_score\","
                + "\"params\":{\"field\":\"theirs\",\"query_value\":" + query + ",\"space_type\":\"cosinesimil\"}}}}"
        );
        String oneVectorQuery = "{\"interest\":{\"strategy\":\"exact\",\"field\":\"ours\",\"vector\":" + query + "}}";
        String byVector = search(oneVectorQuery);
        String theirField = search(
            "{\"interest\":{\"strategy\":\"exact\",\"field\":\"theirs\",\"vector\":" + query + "}}"
        );
        String byUser = search("{\"interest\":{\"strategy\":\"exact\",\"tracker\":\"bench\",\"user\":\"ann\"}}");
        String script = search(
            "{\"script_score\":{\"query\":{\"match_all\":{}},\"script\":{\"lang\":\"interest\",\"source\":\"similarity\","
                + "\"params\":{\"field\":\"ours\",\"vector\":" + query + "}}}}"
        );
        if (ids(knnScore).equals(ids(byVector)) == false) {
            throw new IOException("the two do not agree on the first page: " + ids(knnScore) + " and " + ids(byVector));
        }
        System.out.println(
            "exact search over all documents, first ten hits (times over HTTP; x: times as fast as knn_score):"
        );
        String oneVector = "interest query by vector, interest_vector";
        String eightTopics = "interest query by user, 8 topics";
        new Medians().add("no vectors at all (match_all)", () -> ids(search("{\"match_all\":{}}")))
            .add("k-NN plugin, knn_score script", () -> ids(knnScore))
            .add(oneVector, () -> ids(byVector))
            .add("interest query by vector, the k-NN plugin's own field", () -> ids(theirField))
            .add("interest script_score by vector", () -> ids(script))
            .add(eightTopics, () -> ids(byUser))
            .run(10, 31)
            .print("k-NN plugin, knn_score script");
        new PersonalBench(http, this::ids, this::vector, random).run(oneVectorQuery);
    }

    /**
     * Creates a tracker whose geometry is fitted to vectors of the same kind, because a model's prior geometry does not
     * fit random vectors and finds poor candidates in their graph.
     */
    private void track(Random random) throws IOException {
        http.put(
            "/sample",
            "{\"mappings\":{\"properties\":{\"ours\":{\"type\":\"interest_vector\",\"dimension\":" + dimension + "}}}}"
        ).ok();
        for (int batch = 0; batch < SAMPLE / BATCH; batch++) {
            StringBuilder bulk = new StringBuilder();
            for (int i = 0; i < BATCH; i++) {
                bulk.append("{\"index\":{}}\n{\"ours\":").append(vector(random)).append("}\n");
            }
            http.postLines("/sample/_bulk?refresh=true", bulk.toString()).ok();
        }
        http.put("/_plugins/_interest/trackers/bench", "{\"items\":{\"index\":\"sample\",\"vector_field\":\"ours\"}}")
            .ok();
        http.post("/_plugins/_interest/trackers/bench/_calibrate", "").ok();
    }

    private static String search(String query) {
        return "{\"size\":10,\"_source\":false,\"query\":" + query + "}";
    }

    private List<String> ids(String search) {
        return http.post("/items/_search?request_cache=false", search)
            .ok()
            .object()
            .getAsJsonObject("hits")
            .getAsJsonArray("hits")
            .asList()
            .stream()
            .map(hit -> hit.getAsJsonObject().get("_id").getAsString())
            .toList();
    }

    /**
     * Returns a random vector with a falling spectrum like that of text embeddings; without it, a search in the vector
     * graph would find poor candidates.
     */
    private String vector(Random random) {
        StringBuilder json = new StringBuilder(dimension * 6).append('[');
        for (int i = 0; i < dimension; i++) {
            json.append(i == 0 ? "" : ",")
                .append(Math.round(random.nextGaussian() * 1000 / Math.sqrt(1 + i / 16.0)) / 1000.0);
        }
        return json.append(']').toString();
    }
}
