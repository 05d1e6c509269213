package org.opensearch.interest.bench;

import com.google.gson.JsonObject;
import org.opensearch.interest.core.embedding.Embedding;
import org.opensearch.interest.core.embedding.EmbeddingCache;
import org.opensearch.interest.core.embedding.EmbeddingScheduler;
import org.opensearch.interest.core.embedding.Encoder;
import org.opensearch.interest.core.embedding.InferenceCounts;
import org.opensearch.interest.core.embedding.TextType;
import org.opensearch.interest.engine.inference.ModelRegistry;
import org.opensearch.interest.engine.onnx.OnnxLoader;
import org.opensearch.interest.node.Http;
import org.opensearch.interest.node.Installation;
import org.opensearch.interest.node.LocalNode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Benchmark of inference in texts per second: a real node's {@code _bulk} and the plugin's scheduler alone, against the
 * naive way and against a bare loop with the best settings, round by round. The naive way is one run a text, padded as
 * the tokenizer's file says (always 128 tokens). A second row shows it without padding, because some libraries omit the
 * padding by default. Then measures the time that a search waits for its query's vector, idle and during a bulk load at
 * full speed. Argument: rounds (5).
 */
public final class InferenceBench {
    private static final String MODEL = "all-minilm-l6-v2";
    private static final int SENDERS = 2;
    private static final int WARM_UP = 10;
    private static final int QUERIES = 300;
    private static final String NAIVE = "naive: one run a text, padded as the tokenizer's file says";

    private final Http http;
    private final Path plugin;
    private final int rounds;
    private final BenchTexts texts = new BenchTexts();

    private InferenceBench(Http http, Path plugin, int rounds) throws IOException {
        this.http = http;
        this.plugin = plugin;
        this.rounds = rounds;
    }

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        Path plugin = Path.of(System.getProperty("interest.plugin.folder"));
        Path distribution = Path.of(System.getProperty("interest.distribution"));
        try (
            Installation installation = Installation
                .of(distribution, List.of(Path.of(System.getProperty("interest.plugin.zip"))));
            LocalNode node = LocalNode.start(installation)) {
            new InferenceBench(node.http(), plugin, rounds).run();
        }
    }

    private void run() throws Exception {
        http.put(
            "/_ingest/pipeline/embed",
            "{\"processors\":[{\"interest_embedding\":{\"fields\":[\"text\"],\"target_field\":\"embedding\"}}]}"
        ).ok();
        http.put(
            "/passages",
            "{\"settings\":{\"number_of_replicas\":0,\"default_pipeline\":\"embed\"},"
                + "\"mappings\":{\"properties\":{\"text\":{\"type\":\"text\"},\"embedding\":{\"type\":\"interest_vector\",\"dimension\":384}}}}"
        ).ok();
        ExecutorService workers = Executors.newCachedThreadPool();
        // loaded first, because it sets the paths of the libraries' native parts
        try (ModelRegistry models = new ModelRegistry(
            plugin.resolve("models"), plugin.resolve("none"), new OnnxLoader(plugin.resolve("native"))
        )) {
            models.load(Runnable::run);
            Encoder encoder = models.encoder(MODEL).join();
            int cores = Runtime.getRuntime().availableProcessors();
            InferenceCounts counts = new InferenceCounts();
            try (
                EmbeddingScheduler scheduler = new EmbeddingScheduler(
                    models, EmbeddingCache.none(), workers, cores, Runnable::run, 10_000, counts
                );
                BareModel naive = BareModel.padded(plugin.resolve("models").resolve(MODEL));
                BareModel unpadded = BareModel.unpadded(plugin.resolve("models").resolve(MODEL));
                BareModel tuned = BareModel.tuned(plugin.resolve("models").resolve(MODEL))) {
                System.out.printf(
                    Locale.ROOT, "model %s version %s, %d cores, texts a second (medians of %d rounds)%n", MODEL,
                    encoder.version(), cores, rounds
                );
                throughput("titles", texts::titles, 200, naive, unpadded, tuned, scheduler);
                throughput("passages", texts::passages, 60, naive, unpadded, tuned, scheduler);
                latency(tuned, scheduler);
            }
        } finally {
            workers.shutdownNow();
        }
    }

    private void throughput(
        String what, IntFunction<List<String>> make, int count, BareModel naive, BareModel unpadded, BareModel tuned,
        EmbeddingScheduler scheduler
    ) {
        Medians medians = new Medians().add(NAIVE, () -> naive.embed(make.apply(count)))
            .add("naive, without padding", () -> unpadded.embed(make.apply(count)))
            .add("bare loop, best settings", () -> tuned.embed(make.apply(count)))
            .add("the plugin's scheduler, in this process", () -> embed(scheduler, make.apply(count)))
            .add("_bulk into a node, " + SENDERS + " senders, indexing included", () -> bulk(make.apply(count)));
        // a node that has just started is slower until its code is compiled
        bulk(make.apply(WARM_UP * count));
        medians.run(1, rounds);
        List<String> some = make.apply(count);
        System.out.printf(
            Locale.ROOT, "%s of about %.0f tokens, %.0f where padded as the tokenizer's file says, %d a round:%n", what,
            some.stream().mapToInt(unpadded::tokens).average().orElseThrow(),
            some.stream().mapToInt(naive::tokens).average().orElseThrow(), count
        );
        medians.print(NAIVE);
    }

    private static void embed(EmbeddingScheduler scheduler, List<String> all) {
        List<Embedding> embeddings = scheduler.embed(MODEL, all, TextType.PASSAGE).join();
        if (embeddings.size() != all.size()) {
            throw new IllegalStateException("embeddings are missing");
        }
    }

    private void bulk(List<String> all) {
        try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
            List<Future<?>> sent = new ArrayList<>();
            int each = (all.size() + SENDERS - 1) / SENDERS;
            for (int from = 0; from < all.size(); from += each) {
                List<String> part = all.subList(from, Math.min(all.size(), from + each));
                sent.add(senders.submit(() -> send(part)));
            }
            for (Future<?> future : sent) {
                future.get();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void send(List<String> part) {
        StringBuilder lines = new StringBuilder();
        part.forEach(text -> lines.append("{\"index\":{}}\n{\"text\":\"").append(text).append("\"}\n"));
        JsonObject answer = http.postLines("/passages/_bulk", lines.toString()).ok().object();
        if (answer.get("errors").getAsBoolean()) {
            throw new IllegalStateException(answer.toString().substring(0, 500));
        }
    }

    private void latency(BareModel tuned, EmbeddingScheduler scheduler) throws Exception {
        Consumer<String> byScheduler = query -> scheduler.embed(MODEL, List.of(query), TextType.QUERY).join();
        List<Double> bare = queries(tuned::embed);
        List<Double> own = queries(byScheduler);
        List<Double> ownBusy = during(part -> embed(scheduler, part), () -> queries(byScheduler));
        List<Double> idle = queries(this::query);
        List<Double> busy = during(this::send, () -> queries(this::query));
        System.out.println("one query's vector, ms:");
        print("bare call, nothing else running", bare);
        print("the plugin's scheduler, in this process, idle", own);
        print("the plugin's scheduler, in this process, embedding passages at full speed", ownBusy);
        print("from a node over HTTP, idle", idle);
        print("from a node over HTTP, during a bulk load of passages at full speed", busy);
        System.out.printf(
            Locale.ROOT, "  the load adds %.1f ms to the median; p99 is %.1fx its idle value%n",
            percentile(busy, 50) - percentile(idle, 50), percentile(busy, 99) / percentile(idle, 99)
        );
    }

    private List<Double> during(Consumer<List<String>> load, Supplier<List<Double>> measured) {
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
            for (int i = 0; i < SENDERS; i++) {
                senders.submit(() -> {
                    while (over.get() == false) {
                        List<String> part;
                        synchronized (texts) {
                            part = texts.passages(100);
                        }
                        load.accept(part);
                    }
                });
            }
            try {
                return measured.get();
            } finally {
                over.set(true);
            }
        }
    }

    private void query(String text) {
        http.post(
            "/_plugins/_interest/models/" + MODEL + "/_embed", "{\"texts\":[\"" + text + "\"],\"type\":\"query\"}"
        ).ok();
    }

    private List<Double> queries(Consumer<String> ask) {
        List<String> queries;
        synchronized (texts) {
            queries = texts.queries(QUERIES + 100);
        }
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < queries.size(); i++) {
            String query = queries.get(i);
            double took = millis(() -> ask.accept(query));
            if (i >= 100) {
                millis.add(took);
            }
        }
        return millis;
    }

    private static double millis(Runnable thing) {
        long start = System.nanoTime();
        thing.run();
        return (System.nanoTime() - start) / 1e6;
    }

    private static void print(String what, List<Double> millis) {
        System.out.printf(
            Locale.ROOT, "  %-68s p50 %6.1f   p99 %6.1f%n", what, percentile(millis, 50), percentile(millis, 99)
        );
    }

    private static double percentile(List<Double> millis, int percent) {
        List<Double> sorted = new ArrayList<>(millis);
        Collections.sort(sorted);
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }
}
