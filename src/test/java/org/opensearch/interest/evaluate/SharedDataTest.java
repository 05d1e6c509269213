package org.opensearch.interest.evaluate;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.evaluation.data.EvaluationCases;
import org.opensearch.interest.core.evaluation.data.Protocols;
import org.opensearch.interest.core.evaluation.learning.EvaluationOptions;
import org.opensearch.interest.core.evaluation.metric.ConfidenceInterval;
import org.opensearch.interest.core.evaluation.report.Evaluator;
import org.opensearch.interest.core.evaluation.report.Report;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.TrackerJson;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The evaluation reproduces what others measured on public data: the cheap rows, which need no model. Skipped if the
 * data are missing.
 */
class SharedDataTest {
    private static final Path DATA = Path.of(System.getProperty("interest.shared.data", "../shared/data"));

    private static void require(String file) {
        Assumptions.assumeTrue(
            Files.exists(DATA.resolve(file)), "[" + DATA.resolve(file).toAbsolutePath() + "] is not there: skipped"
        );
    }

    private static long day(String date) {
        return LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }

    private static Report run(EvaluationCases experiment, String... methods) {
        EvaluationOptions options = new EvaluationOptions(List.of(methods), 10, 42, 2, null);
        Tracker tracker = TrackerJson.read("test", "uid", Map.of("items", Map.of("index", "items")));
        return new Evaluator(experiment, null, tracker, options).run((name, done, of) -> {});
    }

    /**
     * Compares two means with an interval each: they agree if the reference lies within our interval, widened by a
     * tenth.
     */
    private static void assertNear(double reference, Report report, String method) {
        ConfidenceInterval ours = report.methods().get(method).get("ndcg@10");
        double half = Math.max(ours.high() - ours.value(), 0.001) * 1.1;
        assertEquals(reference, ours.value(), half, method + " " + ours);
    }

    @Test
    void onlineRetailsNextBaskets() throws IOException {
        require(OnlineRetail.FILE);
        LoadedDataset source = OnlineRetail.read(DATA);
        EvaluationCases experiment = Protocols.split(source.data(), day("2011-11-01"), Long.MAX_VALUE, true, false);
        assertEquals(1538, experiment.cases().size(), "customers who came back");
        Report report = run(experiment, "random", "popular", "recent_popular", "bag_of_words_90d", "past_items");
        assertNear(0.006, report, "random");
        assertNear(0.071, report, "popular");
        assertNear(0.116, report, "recent_popular");
        assertNear(0.198, report, "bag_of_words_90d");
        assertNear(0.278, report, "past_items");
    }

    @Test
    void xWinesEventByEvent() throws IOException {
        require(XWines.FILE);
        LoadedDataset source = XWines.read(DATA);
        EvaluationCases all = Protocols.rolling(source.data(), day("2021-01-01"), day("2022-01-01"), 5, false);
        assertEquals(20_589, all.cases().size(), "events of 2021 of users with five before");
        Report report = run(
            all.sample(4_000, 1), "random", "popular", "recent_popular_365d", "item_knn_365d", "bag_of_words_365d"
        );
        assertTrue(report.users() > 1_000);
        assertNear(0.004, report, "random");
        assertNear(0.036, report, "popular");
        assertNear(0.051, report, "recent_popular_365d");
        assertNear(0.103, report, "item_knn_365d");
        assertNear(0.042, report, "bag_of_words_365d");
    }
}
