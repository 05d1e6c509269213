package org.opensearch.interest.evaluate;

import org.opensearch.interest.core.embedding.TextType;
import org.opensearch.interest.core.evaluation.data.Dataset;
import org.opensearch.interest.core.evaluation.data.EvaluationCases;
import org.opensearch.interest.core.evaluation.data.Protocols;
import org.opensearch.interest.core.evaluation.learning.EvaluationOptions;
import org.opensearch.interest.core.evaluation.method.ItemVectorSpace;
import org.opensearch.interest.core.evaluation.metric.ConfidenceInterval;
import org.opensearch.interest.core.evaluation.report.Evaluator;
import org.opensearch.interest.core.evaluation.report.Report;
import org.opensearch.interest.core.evaluation.report.Variants;
import org.opensearch.interest.core.geometry.Moments;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.TrackerJson;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Tests whether {@code interest}, without any tuning, is ever clearly below one of the single methods, on public data
 * that is narrowed, coarsened and shortened in many ways. A program and not a test, because it takes an hour.
 * Arguments: the folder of public data, the folder of the unpacked plugin, a folder for vectors, and optionally a
 * pattern of what to run and the methods, the first of which the others are compared with.
 */
final class Robustness {
    private static final List<String> METHODS = List.of(
        "popular", "recent_popular", "recent_popular_28d", "recent_popular_365d", "past_items", "item_knn",
        "item_knn_365d", "item_knn_uniform", "bag_of_words", "bag_of_words_365d", "bm25_profile", "last_item",
        "decayed", "mean", "centred", "centred_365d", "whitened", "whitened_365d", "geometry", "interest_content",
        "interest_texts", "interest"
    );
    private static final long DAY = 86_400_000L;
    private static final int MOST_CASES = 2_000;

    private final Map<String, float[]> vectors = new HashMap<>();
    private final Map<String, Supplier<EvaluationCases>> scenarios = new LinkedHashMap<>();
    private final Tracker shipped = TrackerJson
        .read("robustness", "robustness", Map.of("items", Map.of("index", "items")));
    private final Moments prior;
    private final List<String> methods;

    private Robustness(Path data, Path plugin, Path cache, List<String> methods) throws IOException {
        this.methods = methods;
        ItemTexts texts = new ItemTexts(plugin, cache, 2, new ProgressLine(System.err, false));
        this.prior = texts.prior();
        Dataset retail = OnlineRetail.read(data).data();
        Dataset wines = XWines.read(data).data();
        for (Dataset set : List.of(retail, wines)) {
            List<float[]> all = texts.vectors(set.texts(), TextType.PASSAGE);
            for (int i = 0; i < set.items(); i++) {
                vectors.put(set.itemName(i), all.get(i));
            }
        }
        add("retail", retail, time("2011-11-01"), Long.MAX_VALUE);
        add("wines", wines, time("2021-01-01"), time("2022-01-01"));
        Dataset narrow = Variants.items(retail, 1_000, 1);
        scenarios
            .put("wines rolling", () -> Protocols.rolling(wines, time("2021-01-01"), time("2022-01-01"), 5, false));
        scenarios.put(
            "retail 1000 items, day, 300 users",
            () -> Protocols.split(
                Variants.users(Variants.times(narrow, Robustness::day), 300, 2), time("2011-11-01"), Long.MAX_VALUE,
                true, false
            )
        );
    }

    private void add(String name, Dataset data, long split, long until) {
        protocols(name, data, split, until);
        for (int items : new int[]{ 100, 300, 1_000 }) {
            if (items < 0.9 * data.items()) {
                protocols(name + " " + items + " items", Variants.items(data, items, items), split, until);
            }
        }
        protocols(name + " by day", Variants.times(data, Robustness::day), split, until);
        protocols(name + " by month", Variants.times(data, Robustness::month), split, until);
        protocols(name + " without time", Variants.times(data, time -> 1_300_000_000_000L), -1, until);
        for (int users : new int[]{ 30, 100, 500 }) {
            protocols(name + " " + users + " users", Variants.users(data, users, users), split, until);
        }
        for (int events : new int[]{ 3, 6, 20 }) {
            protocols(name + " last " + events + " events", Variants.histories(data, events), -1, until);
        }
    }

    private void protocols(String name, Dataset data, long split, long until) {
        if (split > 0) {
            scenarios.put(name + ", split, repeats", () -> Protocols.split(data, split, until, true, false));
            scenarios.put(name + ", split, new", () -> Protocols.split(data, split, until, false, false));
        }
        scenarios.put(name + ", leave one out", () -> Protocols.leaveOneOut(data, 0, Protocols.repeatsHappen(data)));
        for (boolean popular : new boolean[]{ false, true }) {
            String kind = popular ? "by popularity" : "at random";
            scenarios.put(name + ", leave one out, 20 candidates " + kind, () -> {
                EvaluationCases all = Protocols.leaveOneOut(data, 0, true);
                return all.givenCandidates(Variants.candidates(all, 20, popular, 3));
            });
        }
    }

    private static long time(String date) {
        return LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }

    private static long day(long time) {
        return time - Math.floorMod(time, DAY);
    }

    private static long month(long time) {
        return time(Instant.ofEpochMilli(time).atZone(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1).toString());
    }

    private void run(String filter) {
        for (Map.Entry<String, Supplier<EvaluationCases>> scenario : scenarios.entrySet()) {
            if (scenario.getKey().matches(filter)) {
                print(scenario.getKey(), scenario.getValue().get().sample(MOST_CASES, 5));
            }
        }
    }

    private void print(String name, EvaluationCases experiment) {
        long users = experiment.cases().stream().mapToInt(c -> c.user()).distinct().count();
        if (users < 5) {
            System.out.println(name + ": only " + users + " users, left out");
            return;
        }
        List<float[]> items = new ArrayList<>();
        for (int i = 0; i < experiment.data().items(); i++) {
            items.add(vectors.get(experiment.data().itemName(i)));
        }
        ItemVectorSpace space = new ItemVectorSpace(items, List.of(), experiment.catalogue(), prior);
        Report report = new Evaluator(experiment, space, shipped, new EvaluationOptions(methods, 10, 42, 2, null))
            .run((step, done, of) -> {});
        String best = null;
        List<String> below = new ArrayList<>();
        for (Map.Entry<String, ConfidenceInterval> other : report.differences().entrySet()) {
            if (best == null || ndcg(report, other.getKey()) > ndcg(report, best)) {
                best = other.getKey();
            }
            if (other.getValue().high() < 0) {
                ConfidenceInterval lead = other.getValue();
                below.add(
                    String.format(
                        Locale.ROOT, "%s %+.4f [%+.4f, %+.4f]", other.getKey(), lead.value(), lead.low(), lead.high()
                    )
                );
            }
        }
        ConfidenceInterval difference = report.differences().get(best);
        System.out.printf(
            Locale.ROOT,
            "%-60s %5d cases %5d items  interest %.4f  content %.4f  best %-20s %.4f  %+.4f [%+.4f, %+.4f]  %3.0f %%  %s%n",
            name, report.cases(), report.items(), ndcg(report, report.baseline()), ndcg(report, "interest_content"),
            best, ndcg(report, best), difference.value(), difference.low(), difference.high(),
            100 * ndcg(report, report.baseline()) / ndcg(report, best), below.isEmpty() ? "ok" : "BELOW " + below
        );
        List.of("interest", "interest_texts")
            .forEach(method -> System.out.println("    " + method + ": " + report.protocol().get(method)));
        StringBuilder all = new StringBuilder("   ");
        report.methods()
            .keySet()
            .forEach(method -> all.append(String.format(Locale.ROOT, " %s %.4f", method, ndcg(report, method))));
        System.out.println(all);
    }

    private static double ndcg(Report report, String method) {
        return report.methods().containsKey(method) ? report.methods().get(method).get("ndcg@10").value() : Double.NaN;
    }

    public static void main(String[] words) throws IOException {
        List<String> methods = words.length > 4 ? List.of(words[4].split(",")) : METHODS;
        new Robustness(Path.of(words[0]), Path.of(words[1]), Path.of(words[2]), methods)
            .run(words.length > 3 ? words[3] : ".*");
    }
}
