package org.opensearch.interest.integration;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.opensearch.interest.node.Http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Cosines of the node's vectors rank sentence pairs as people do, which shows that texts are embedded as the model's
 * authors publish it.
 */
class StsbIT {
    private static final Path PAIRS = Path
        .of(System.getProperty("interest.shared.data", ""), "stsb", "stsb-en-test.csv");
    private static final int BATCH = 100;
    /** Lower bound; the published value of this model is 0.8203. */
    private static final double LOWEST_SPEARMAN = 0.815;

    private record Pair(String first, String second, double score) {}

    @Test
    void ranksSentencePairsAsPeopleDo() throws IOException {
        assumeTrue(Files.exists(PAIRS), "skipped: the STS benchmark is not at " + PAIRS);
        List<Pair> pairs = Files.readAllLines(PAIRS, StandardCharsets.UTF_8).stream().map(StsbIT::pair).toList();
        assertEquals(1379, pairs.size(), "pairs in the benchmark's test part");
        double[] cosines;
        try (SingleNode node = SingleNode.start()) {
            List<float[]> first = embed(node.http(), pairs.stream().map(Pair::first).toList());
            List<float[]> second = embed(node.http(), pairs.stream().map(Pair::second).toList());
            cosines = IntStream.range(0, pairs.size()).mapToDouble(i -> dot(first.get(i), second.get(i))).toArray();
        }
        double spearman = pearson(ranks(cosines), ranks(pairs.stream().mapToDouble(Pair::score).toArray()));
        System.out.printf("STS-B test, English: Spearman %.4f%n", spearman);
        assertTrue(spearman >= LOWEST_SPEARMAN, "Spearman " + spearman);
    }

    private static List<float[]> embed(Http http, List<String> texts) {
        List<float[]> vectors = new ArrayList<>();
        for (int from = 0; from < texts.size(); from += BATCH) {
            JsonArray batch = new JsonArray();
            texts.subList(from, Math.min(texts.size(), from + BATCH)).forEach(batch::add);
            JsonObject body = new JsonObject();
            body.add("texts", batch);
            JsonObject answer = http.post("/_plugins/_interest/models/all-minilm-l6-v2/_embed", body.toString())
                .ok()
                .object();
            for (JsonElement embedding : answer.getAsJsonArray("embeddings")) {
                JsonArray numbers = embedding.getAsJsonObject().getAsJsonArray("vector");
                float[] vector = new float[numbers.size()];
                for (int i = 0; i < vector.length; i++) {
                    vector[i] = numbers.get(i).getAsFloat();
                }
                vectors.add(vector);
            }
        }
        return vectors;
    }

    /** Parses a line of CSV: two sentences, quoted if they contain a comma or a quote, and a number. */
    private static Pair pair(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                // A quote inside a quoted field is doubled: closing and reopening the field keeps one of the two.
                if (!quoted && !field.isEmpty()) {
                    field.append(c);
                }
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        assertEquals(3, fields.size(), "fields in: " + line);
        return new Pair(fields.get(0), fields.get(1), Double.parseDouble(fields.get(2)));
    }

    /** Returns the ranks of values; equal values share the mean of their ranks. */
    private static double[] ranks(double[] values) {
        double[] ranks = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            int below = 0;
            int equal = 0;
            for (double other : values) {
                below += other < values[i] ? 1 : 0;
                equal += other == values[i] ? 1 : 0;
            }
            ranks[i] = below + (equal + 1) / 2.0;
        }
        return ranks;
    }

    private static double pearson(double[] a, double[] b) {
        double meanA = IntStream.range(0, a.length).mapToDouble(i -> a[i]).average().orElseThrow();
        double meanB = IntStream.range(0, b.length).mapToDouble(i -> b[i]).average().orElseThrow();
        double together = 0;
        double squareA = 0;
        double squareB = 0;
        for (int i = 0; i < a.length; i++) {
            together += (a[i] - meanA) * (b[i] - meanB);
            squareA += (a[i] - meanA) * (a[i] - meanA);
            squareB += (b[i] - meanB) * (b[i] - meanB);
        }
        return together / Math.sqrt(squareA * squareB);
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
