package org.opensearch.interest.engine.onnx;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.embedding.Embedder;
import org.opensearch.interest.core.embedding.Embedding;
import org.opensearch.interest.core.embedding.EmbeddingCache;
import org.opensearch.interest.core.embedding.EmbeddingScheduler;
import org.opensearch.interest.core.embedding.Encoder;
import org.opensearch.interest.core.embedding.FakeModels;
import org.opensearch.interest.core.embedding.InferenceCounts;
import org.opensearch.interest.core.embedding.TextType;
import org.opensearch.interest.core.vector.Vectors;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The bundled model behind the scheduler. */
class BatchIndependenceTest {
    private static final List<String> TEXTS = List.of(
        "running shoes", "jogging sneakers", "coffee mug", "tasty bread", "comfortable insoles", "a", "!!", "🥾",
        "Hand-thrown stoneware mug, holds 350 ml, glazed in a speckled blue; safe in the dishwasher and in the microwave",
        "long ".repeat(300), "舒适的鞋垫", "THE QUICK BROWN FOX jumps over 13 lazy dogs"
    );

    private static Encoder encoder;
    private static ExecutorService threads;
    private static EmbeddingScheduler embedder;

    @BeforeAll
    static void load() {
        encoder = BundledModel.load();
        threads = Executors.newFixedThreadPool(4);
        FakeModels models = new FakeModels(CompletableFuture.completedFuture(encoder));
        embedder = new EmbeddingScheduler(
            models, EmbeddingCache.none(), threads, 4, Runnable::run, 10_000, new InferenceCounts()
        );
    }

    @AfterAll
    static void close() {
        embedder.close();
        threads.shutdownNow();
        encoder.close();
        encoder = null;
        embedder = null;
        threads = null;
    }

    private static List<float[]> embed(Embedder embedder, List<String> texts) throws Exception {
        return embedder.embed(BundledModel.ID, texts, TextType.PASSAGE)
            .get(60, TimeUnit.SECONDS)
            .stream()
            .map(Embedding::vector)
            .toList();
    }

    @Test
    void aTextsVectorIsTheSameAloneAndInAnyCompanyAndUnderAnyLoad() throws Exception {
        List<float[]> alone = new ArrayList<>();
        for (String text : TEXTS) {
            alone.add(encoder.encode(text, TextType.PASSAGE).vector());
        }
        Random random = new Random(11);
        List<CompletableFuture<List<Embedding>>> answers = new ArrayList<>();
        List<List<Integer>> batches = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            List<Integer> batch = new ArrayList<>();
            for (int text = 0; text < TEXTS.size(); text++) {
                batch.add(text);
            }
            Collections.shuffle(batch, random);
            batch = batch.subList(0, 1 + random.nextInt(batch.size()));
            batches.add(batch);
            answers.add(embedder.embed(BundledModel.ID, batch.stream().map(TEXTS::get).toList(), TextType.PASSAGE));
        }
        for (int i = 0; i < batches.size(); i++) {
            List<Embedding> embeddings = answers.get(i).get(60, TimeUnit.SECONDS);
            for (int place = 0; place < embeddings.size(); place++) {
                double cosine = Vectors.cosine(alone.get(batches.get(i).get(place)), embeddings.get(place).vector());
                assertTrue(cosine >= 0.9999, TEXTS.get(batches.get(i).get(place)) + ": " + cosine);
            }
        }
    }

    /** Rank correlation with people's judgements on 1,379 pairs; the model's published figure is 0.8203. */
    @Test
    void similarityAgreesWithPeople() throws Exception {
        Path pairs = Path.of(System.getProperty("interest.shared.data", "../shared/data"), "stsb", "stsb-en-test.csv");
        assumeTrue(Files.isRegularFile(pairs), "STS-B is not at [" + pairs.toAbsolutePath() + "]");
        List<String> texts = new ArrayList<>();
        List<Double> gold = new ArrayList<>();
        for (String line : Files.readAllLines(pairs)) {
            List<String> row = csv(line);
            texts.add(row.get(0));
            texts.add(row.get(1));
            gold.add(Double.parseDouble(row.get(2)));
        }
        List<float[]> vectors = embed(embedder, texts);
        double[] cosines = new double[gold.size()];
        for (int i = 0; i < cosines.length; i++) {
            cosines[i] = Vectors.cosine(vectors.get(2 * i), vectors.get(2 * i + 1));
        }
        double spearman = pearson(ranks(cosines), ranks(gold.stream().mapToDouble(Double::doubleValue).toArray()));
        assertTrue(spearman >= 0.815, "Spearman " + spearman);
    }

    private static List<String> csv(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = quoted == false;
            } else if (c == ',' && quoted == false) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }

    /** Ranks, in which ties get the mean of their ranks. */
    private static double[] ranks(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double[] ranks = new double[values.length];
        for (int i = 0; i < ranks.length; i++) {
            int first = Arrays.binarySearch(sorted, values[i]);
            int last = first;
            while (first > 0 && sorted[first - 1] == values[i]) {
                first--;
            }
            while (last < sorted.length - 1 && sorted[last + 1] == values[i]) {
                last++;
            }
            ranks[i] = (first + last) / 2.0;
        }
        return ranks;
    }

    private static double pearson(double[] a, double[] b) {
        double meanA = Arrays.stream(a).average().orElseThrow();
        double meanB = Arrays.stream(b).average().orElseThrow();
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return ab / Math.sqrt(aa * bb);
    }
}
