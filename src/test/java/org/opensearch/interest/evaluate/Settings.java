package org.opensearch.interest.evaluate;

import org.opensearch.interest.core.embedding.TextType;
import org.opensearch.interest.core.evaluation.data.Dataset;
import org.opensearch.interest.core.evaluation.data.EvaluationCases;
import org.opensearch.interest.core.evaluation.data.Protocols;
import org.opensearch.interest.core.evaluation.learning.EvaluationOptions;
import org.opensearch.interest.core.evaluation.method.ItemVectorSpace;
import org.opensearch.interest.core.evaluation.report.Evaluator;
import org.opensearch.interest.core.evaluation.report.Report;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.TrackerJson;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures how well a tracker ranks under its settings, one changed at a time, through the same classes that a search
 * uses: on the public data, validation and test. The defaults rest on its figures. A program and not a test, because it
 * takes a while. Arguments: the folder of public data, the folder of the unpacked plugin, a folder for vectors, and the
 * number of cases of each.
 */
final class Settings {
    private final Path data;
    private final ItemTexts texts;
    private final int cases;
    private final Map<String, Tracker> trackers = new LinkedHashMap<>();
    private final Map<String, double[]> figures = new LinkedHashMap<>();

    private Settings(Path data, Path plugin, Path cache, int cases) {
        this.data = data;
        this.texts = new ItemTexts(plugin, cache, 2, new ProgressLine(System.err, false));
        this.cases = cases;
        put("as shipped", Map.of());
        for (int max : new int[]{ 1, 2, 4, 16 }) {
            put("topics " + max, Map.of("topics", Map.of("max", max)));
        }
        for (double similarity : new double[]{ 0.2, 0.5, 0.65 }) {
            put("topics from similarity " + similarity, Map.of("topics", Map.of("similarity", similarity)));
        }
        for (String geometry : List.of("off")) {
            put("geometry " + geometry, Map.of("geometry", geometry));
        }
        for (String lasting : List.of("30d", "90d", "180d", "730d")) {
            put("long term " + lasting, Map.of("long_term", Map.of("half_life", lasting)));
        }
        put("short term 1d", Map.of("short_term", Map.of("half_life", "1d")));
        for (double alpha : new double[]{ 0, 0.2, 0.6 }) {
            put("alpha " + alpha, Map.of("alpha", alpha));
        }
    }

    private void put(String name, Map<String, ?> changed) {
        Map<String, Object> json = new HashMap<>(changed);
        json.put("items", Map.of("index", "items"));
        trackers.put(name, TrackerJson.read("settings", "settings", json));
        figures.put(name, new double[6]);
    }

    private void measure(int column, LoadedDataset source, EvaluationCases test) throws IOException {
        Dataset set = source.data();
        ItemVectorSpace space = new ItemVectorSpace(
            texts.vectors(set.texts(), TextType.PASSAGE), List.of(), test.catalogue(), texts.prior()
        );
        List<EvaluationCases> parts = List
            .of(Protocols.validation(test, cases).sample(cases, 1), test.sample(cases, 1));
        trackers.forEach((name, tracker) -> {
            for (int part = 0; part < 2; part++) {
                EvaluationOptions options = new EvaluationOptions(List.of("interest_content"), 10, 42, 2, null);
                Report report = new Evaluator(parts.get(part), space, tracker, options).run((step, done, of) -> {});
                figures.get(name)[2 * column + part] = report.methods().get("interest_content").get("ndcg@10").value();
            }
        });
    }

    private void run() throws IOException {
        LoadedDataset wines = XWines.read(data);
        measure(2, wines, Protocols.rolling(wines.data(), time("2021-01-01"), time("2022-01-01"), 5, false));
        LoadedDataset retail = OnlineRetail.read(data);
        measure(0, retail, Protocols.split(retail.data(), time("2011-11-01"), Long.MAX_VALUE, true, false));
        measure(1, retail, Protocols.split(retail.data(), time("2011-11-01"), Long.MAX_VALUE, false, false));
        System.out
            .println("| | repeats val. | test | new val. | test | wines val. | test |\n|---|---|---|---|---|---|---|");
        figures.forEach((name, row) -> {
            StringBuilder line = new StringBuilder("| " + name);
            for (double figure : row) {
                line.append(String.format(Locale.ROOT, " | %.4f", figure).replace("0.", "."));
            }
            System.out.println(line + " |");
        });
    }

    private static long time(String date) {
        return LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }

    public static void main(String[] words) throws IOException {
        new Settings(Path.of(words[0]), Path.of(words[1]), Path.of(words[2]), Integer.parseInt(words[3])).run();
    }
}
