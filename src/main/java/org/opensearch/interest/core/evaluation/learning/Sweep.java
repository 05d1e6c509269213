package org.opensearch.interest.core.evaluation.learning;

import org.opensearch.interest.core.evaluation.data.Experiment;
import org.opensearch.interest.core.evaluation.method.Grid;
import org.opensearch.interest.core.evaluation.method.Method;
import org.opensearch.interest.core.evaluation.method.Part;
import org.opensearch.interest.core.evaluation.method.Space;
import org.opensearch.interest.core.evaluation.method.Workshop;
import org.opensearch.interest.core.evaluation.metric.Bootstrap;
import org.opensearch.interest.core.evaluation.metric.Evaluation;
import org.opensearch.interest.core.evaluation.metric.Interval;
import org.opensearch.interest.core.evaluation.metric.Metric;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Content-based interest under a grid of parameters: half-lives, α, the shape of the catalogue, topics. Bounded, and on validation alone.
 *
 * @param found by combination, how well it ranks
 * @param best  the combination that ranks best
 * @param point what that is
 */
public record Sweep(Map<String, Interval> found, String best, Grid.Point point) {
    /** What the best combination is called among methods. */
    public static final String NAME = "swept";

    private static final int FEWEST_CASES = 200;
    private static final int MOST_CASES = 2_000;
    /** Lists that may be ranked: with more combinations, fewer cases. */
    private static final int MOST_LISTS = 40_000;

    public static Sweep run(Experiment validation, Space space, Grid grid, int k, int threads, long seed, EvaluationListener listener) {
        Map<String, Grid.Point> points = grid.points(seed);
        Experiment sample = validation.sample(Math.clamp(MOST_LISTS / points.size(), FEWEST_CASES, MOST_CASES), seed);
        Workshop.Texts texts = new Workshop.Texts(sample.data());
        Supplier<List<Method>> methods = () -> {
            Workshop workshop = new Workshop(sample.data(), space, texts, seed);
            List<Method> all = new ArrayList<>();
            points.forEach((name, point) -> all.add(new Method(name, make(point, workshop))));
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
        String best = Collections.max(found.keySet(), Comparator.comparingDouble(name -> found.get(name).value()));
        return new Sweep(found, best, points.get(best));
    }

    private static Part make(Grid.Point point, Workshop workshop) {
        return point.topics() == 0 ? workshop.content(point.taste()) : workshop.topics(point.taste(), point.topics());
    }

    /** The best combination, to be measured where nothing was chosen. */
    public Method method(Workshop workshop) {
        return new Method(NAME, make(point, workshop));
    }
}
