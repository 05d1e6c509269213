package org.opensearch.interest.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Content-based interest under a grid of parameters: half-lives, α, the shape of the catalogue, topics. Bounded, and on validation alone. */
final class Sweep {
    private static final int MOST_CASES = 5_000;
    private static final double[] HALF_LIVES = { 7, 30, 90, 365, Double.POSITIVE_INFINITY };
    private static final double[] SHORT = { 1, 7 };
    private static final double[] ALPHAS = { 0.2, 0.4 };

    private Sweep() {}

    /** The grid: 28 to 40 combinations. */
    static Map<String, Taste> grid() {
        Map<String, Taste> grid = new LinkedHashMap<>();
        for (Shape shape : Shape.values()) {
            for (double days : HALF_LIVES) {
                grid.put(name(shape) + " " + days(days), Taste.plain(shape, days * Taste.DAY));
            }
        }
        for (double days : new double[] { 90, 365 }) {
            for (double recent : SHORT) {
                for (double alpha : ALPHAS) {
                    String name = name(Shape.SUM) + " " + days(recent) + " and " + days(days) + ", alpha " + alpha;
                    grid.put(name, new Taste(Shape.SUM, recent * Taste.DAY, Fading.time(days * Taste.DAY), alpha, false));
                }
            }
        }
        return grid;
    }

    static Map<String, Interval> run(Experiment validation, Space space, int k, int threads, long seed, Evaluator.Listener listener) {
        Experiment sample = validation.sample(MOST_CASES, seed);
        Workshop.Texts texts = new Workshop.Texts(sample.data());
        Supplier<List<Method>> methods = () -> {
            Workshop workshop = new Workshop(sample.data(), space, texts, seed);
            List<Method> all = new ArrayList<>();
            grid().forEach((name, taste) -> all.add(new Method(name, workshop.content(taste))));
            for (double days : HALF_LIVES) {
                all.add(new Method("topics, " + name(Shape.SUM) + " " + days(days), workshop.topics(Taste.plain(Shape.SUM, days * Taste.DAY), 8)));
            }
            return all;
        };
        Evaluation.Outcome outcome = new Evaluation(sample, null, k, seed).of(
            methods,
            threads,
            done -> listener.step("sweeping", done, sample.cases().size())
        );
        Bootstrap bootstrap = new Bootstrap(sample.cases(), seed);
        Map<String, Interval> found = new LinkedHashMap<>();
        for (int m = 0; m < outcome.names().size(); m++) {
            found.put(outcome.names().get(m), bootstrap.mean(outcome.values()[m][Metric.NDCG.ordinal()]));
        }
        return found;
    }

    private static String name(Shape shape) {
        return shape.name().toLowerCase(Locale.ROOT);
    }

    private static String days(double days) {
        return Double.isInfinite(days) ? "uniform" : String.format(Locale.ROOT, "%.0fd", days);
    }
}
