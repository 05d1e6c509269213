package org.opensearch.interest.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Content-based interest under a grid of parameters: half-lives, α, the shape of the catalogue, topics. Bounded, and on validation alone. */
final class Sweep {
    private static final int FEWEST_CASES = 500;
    private static final int MOST_CASES = 5_000;
    /** Lists that may be ranked: with more combinations, fewer cases. */
    private static final int MOST_LISTS = 200_000;

    private Sweep() {}

    static Map<String, Interval> run(Experiment validation, Space space, Grid grid, int k, int threads, long seed, Evaluator.Listener listener) {
        Map<String, Grid.Point> points = grid.points(seed);
        Experiment sample = validation.sample(Math.clamp(MOST_LISTS / points.size(), FEWEST_CASES, MOST_CASES), seed);
        Workshop.Texts texts = new Workshop.Texts(sample.data());
        Supplier<List<Method>> methods = () -> {
            Workshop workshop = new Workshop(sample.data(), space, texts, seed);
            List<Method> all = new ArrayList<>();
            points.forEach((name, point) -> all.add(
                new Method(name, point.topics() == 0 ? workshop.content(point.taste()) : workshop.topics(point.taste(), point.topics()))
            ));
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
}
