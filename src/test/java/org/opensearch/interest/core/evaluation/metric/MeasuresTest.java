package org.opensearch.interest.core.evaluation.metric;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.evaluation.data.Dataset;
import org.opensearch.interest.core.evaluation.data.DatasetBuilder;
import org.opensearch.interest.core.evaluation.data.EvaluationCases;
import org.opensearch.interest.core.evaluation.data.Protocols;
import org.opensearch.interest.core.evaluation.data.TimeSpread;
import org.opensearch.interest.core.evaluation.learning.EvaluationListener;
import org.opensearch.interest.core.evaluation.learning.EvaluationOptions;
import org.opensearch.interest.core.evaluation.method.ItemClusters;
import org.opensearch.interest.core.evaluation.method.ItemVectorSpace;
import org.opensearch.interest.core.evaluation.method.ParameterGrid;
import org.opensearch.interest.core.evaluation.report.Evaluator;
import org.opensearch.interest.core.evaluation.report.Report;
import org.opensearch.interest.core.evaluation.report.Worlds;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.TrackerJson;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Metrics that do not follow from ranks: rating errors, calibration, notes on times. Also: a run ends when it should.
 */
class MeasuresTest {
    private static final Tracker SHIPPED = TrackerJson.read("test", "uid", Map.of("items", Map.of("index", "items")));

    /** Half of the users rate their items 4 and half 2; the last item gets one more if its number is even. */
    private static EvaluationCases rated(boolean ratings) {
        DatasetBuilder builder = new DatasetBuilder();
        for (int i = 0; i < 10; i++) {
            builder.item("i" + i, "item " + i);
        }
        for (int u = 0; u < 200; u++) {
            for (int n = 0; n < 5; n++) {
                int item = (u * 7 + n * 3 + u / 2) % 10;
                double value = (u % 2 == 0 ? 4 : 2) + (n == 4 && item % 2 == 0 ? 1 : 0);
                if (ratings) {
                    builder.rating("u" + u, "i" + item, 1, value, n * Worlds.DAY);
                } else {
                    builder.event("u" + u, "i" + item, 1, true, n * Worlds.DAY);
                }
            }
        }
        return Protocols.leaveOneOut(builder.build(), 0, true);
    }

    @Test
    void aScoreThatTellsRatingsLowersTheError() {
        EvaluationCases experiment = rated(true);
        RatingErrors ratings = new RatingErrors(experiment);
        assertTrue(ratings.any());
        double[] blind = new double[experiment.cases().size()];
        double[] knowing = experiment.cases().stream().mapToDouble(c -> c.targets()[0] % 2 == 0 ? 1 : -1).toArray();
        double without = rootMeanSquare(ratings.of(blind));
        double with = rootMeanSquare(ratings.of(knowing));
        // four ratings of 4 or 2, shrunk to the mean of 3 by five more: off by 5/9; plus the half that depends on the
        // item's parity
        assertEquals(Math.sqrt(25 / 81.0 + 0.25), without, 0.03);
        assertEquals(5 / 9.0, with, 0.03);
    }

    private static double rootMeanSquare(double[] errors) {
        double sum = 0;
        for (double error : errors) {
            sum += error * error;
        }
        return Math.sqrt(sum / errors.length);
    }

    @Test
    void errorsAreReportedWhereThereAreRatings() {
        Map<String, ConfidenceInterval> with = run(rated(true), null, "popular").methods().get("popular");
        assertTrue(
            with.get("rmse").value() >= with.get("mae").value() && with.get("rmse").low() <= with.get("rmse").value(),
            with.toString()
        );
        assertFalse(run(rated(false), null, "popular").methods().get("popular").containsKey("rmse"));
    }

    private static Report run(EvaluationCases experiment, ParameterGrid sweep, String... methods) {
        ItemVectorSpace space = sweep == null ? null : Worlds.space(experiment);
        return new Evaluator(experiment, space, SHIPPED, new EvaluationOptions(List.of(methods), 10, 1, 2, sweep))
            .run((name, done, of) -> {});
    }

    @Test
    void calibrationIsTheOverlapOfShares() {
        EvaluationCases experiment = Protocols.leaveOneOut(Worlds.dataset(1), 0, true);
        ItemClusters kinds = new ItemClusters(Worlds.space(experiment), 30, 1);
        int[] all = IntStream.range(0, 30).toArray();
        assertEquals(1, kinds.overlap(all, all), 1e-9, "the same shares");
        int[] one = IntStream.of(all).filter(i -> kinds.of(i) == kinds.of(0)).toArray();
        int[] others = IntStream.of(all).filter(i -> kinds.of(i) != kinds.of(0)).toArray();
        assertTrue(others.length > 0, "there is more than one kind");
        assertEquals(0, kinds.overlap(one, others), 0, "nothing in common");
        assertEquals(1, kinds.overlap(one, new int[]{ 0 }), 1e-9, "shares, not numbers");
        assertTrue(Double.isNaN(kinds.overlap(new int[0], all)));
        assertEquals(kinds.of(0), kinds.of(3), "items of one kind share one");
    }

    @Test
    void timesThatCannotShowDecayAreNamed() {
        assertEquals(
            List.of(
                "all events carry the same time: this data cannot show decay or recency, and the order of a user's events is that of the file"
            ), TimeSpread.notes(times((u, n) -> 1_500_000_000_000L))
        );
        assertEquals(
            List.of("all events fall on one day: this data cannot show decay over days"),
            TimeSpread.notes(times((u, n) -> 1_500_000_000_000L + 1000L * n))
        );
        assertEquals(
            List.of(
                "[10] of [10] users with several events had all of theirs on one day: this data cannot show how a user's interest decays"
            ), TimeSpread.notes(times((u, n) -> 1_500_000_000_000L + u * Worlds.DAY + n))
        );
        assertEquals(
            List.of(
                "[5] of [10] users with several events had all of theirs on one day: only the others can show decay"
            ),
            TimeSpread.notes(times((u, n) -> 1_500_000_000_000L + u * Worlds.DAY + (u % 2 == 0 ? n : n * Worlds.DAY)))
        );
        assertEquals(List.of(), TimeSpread.notes(times((u, n) -> 1_500_000_000_000L + n * Worlds.DAY)));
    }

    @FunctionalInterface
    private interface Time {
        long of(int user, int n);
    }

    private static Dataset times(Time time) {
        DatasetBuilder builder = new DatasetBuilder();
        builder.item("a", "a");
        for (int u = 0; u < 10; u++) {
            for (int n = 0; n < 3; n++) {
                builder.event("u" + u, "a", 1, true, time.of(u, n));
            }
        }
        return builder.build();
    }

    @Test
    void aRunStopsWhenAsked() {
        EvaluationCases experiment = Protocols
            .rolling(Worlds.dataset(1), Worlds.START + 50 * Worlds.DAY, Long.MAX_VALUE, 5, true);
        List<String> steps = new ArrayList<>();
        EvaluationListener impatient = new EvaluationListener() {
            @Override
            public synchronized void step(String name, int done, int of) {
                steps.add(name);
            }

            @Override
            public synchronized boolean cancelled() {
                return steps.isEmpty() == false;
            }
        };
        Evaluator evaluator = new Evaluator(
            experiment, Worlds.space(experiment), SHIPPED,
            new EvaluationOptions(List.of("popular", "interest"), 10, 1, 2, null)
        );
        CancellationException e = assertThrows(CancellationException.class, () -> evaluator.run(impatient));
        assertEquals("the evaluation was cancelled while it was choosing parameters", e.getMessage());
    }

    @Test
    void aSweepOfTenThousandIsDrawnFrom() {
        List<Double> halfLives = new SplittableRandom(1).doubles(50, 1, 400).boxed().toList();
        ParameterGrid grid = new ParameterGrid(
            List.of("raw", "sum"), halfLives, halfLives.subList(0, 20), List.of(0.1, 0.2, 0.3, 0.4, 0.5), List.of(0)
        );
        assertEquals(10_000, grid.size());
        assertEquals(ParameterGrid.MOST, grid.points(7).size());
        assertEquals(grid.points(7).keySet(), grid.points(7).keySet());
        Report report = run(Protocols.leaveOneOut(Worlds.dataset(1), 0, true), grid, "popular");
        assertEquals(ParameterGrid.MOST, report.sweep().size());
        String best = (String) report.protocol().get("swept");
        assertTrue(
            report.notes()
                .contains(
                    "the sweep is on the validation part alone, where [" + best
                        + "] was best, and is measured as [swept]; "
                        + "of [10000] combinations [200], drawn by the seed, were tried: more would take too long"
                ),
            report.notes().toString()
        );
        double highest = report.sweep().values().stream().mapToDouble(ConfidenceInterval::value).max().orElseThrow();
        assertEquals(highest, report.sweep().get(best).value(), 0);
    }

    @Test
    void theBestOfASweepIsMeasuredWhereItWasNotChosen() {
        EvaluationCases test = Protocols.leaveOneOut(Worlds.dataset(1), 0, true);
        Report report = run(
            test, new ParameterGrid(List.of("centred"), List.of(90.0), List.of(7.0), List.of(0.0), List.of(0)),
            "centred_90d"
        );
        assertEquals(
            report.methods().get("centred_90d"), report.methods().get("swept"),
            "what is swept is what the method of that name does"
        );
        assertEquals(0, report.differences().get("swept").value(), 0);
        assertNotEquals(
            report.sweep().get("centred 90d"), report.methods().get("swept").get("ndcg@10"), "validation is not test"
        );
    }

    @Test
    void whatASweepMayTry() {
        assertEquals(
            2,
            new ParameterGrid(List.of("raw"), List.of(7.0, 30.0), List.of(1.0, 2.0), List.of(0.0), List.of(0)).size(),
            "α 0 has no short term"
        );
        assertRefused("a sweep's [alpha] must be in [0,1], but was [1.5]", List.of("raw"), 1.5, 0);
        assertRefused("a sweep's [topics] must be in [0,64], but was [65]", List.of("raw"), 0.5, 65);
        assertRefused(
            "a sweep's [shapes] must be among [raw, centred, whitened, sum], but was [round]", List.of("round"), 0.5, 0
        );
        assertRefused("a sweep needs at least one value of each parameter", List.of(), 0.5, 0);
    }

    private static void assertRefused(String message, List<String> shapes, double alpha, int topics) {
        IllegalArgumentException e = assertThrows(
            IllegalArgumentException.class,
            () -> new ParameterGrid(shapes, List.of(7.0), List.of(1.0), List.of(alpha), List.of(topics))
        );
        assertEquals(message, e.getMessage());
    }
}
