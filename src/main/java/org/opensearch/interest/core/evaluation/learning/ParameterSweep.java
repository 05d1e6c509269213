package org.opensearch.interest.core.evaluation.learning;

import org.opensearch.interest.core.evaluation.data.EvaluationCases;
import org.opensearch.interest.core.evaluation.method.ItemVectorSpace;
import org.opensearch.interest.core.evaluation.method.Method;
import org.opensearch.interest.core.evaluation.method.ParameterGrid;
import org.opensearch.interest.core.evaluation.method.Scorer;
import org.opensearch.interest.core.evaluation.method.ScorerFactory;
import org.opensearch.interest.core.evaluation.metric.Bootstrap;
import org.opensearch.interest.core.evaluation.metric.CaseEvaluation;
import org.opensearch.interest.core.evaluation.metric.ConfidenceInterval;
import org.opensearch.interest.core.evaluation.metric.Metric;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Content-based interest under a grid of parameters: half-lives, α, the shape of the catalogue, topics. Bounded, and on
 * validation alone.
 *
 * @param found by combination, how well it ranks
 * @param best  the combination that ranks best
 * @param point what that is
 */
public record ParameterSweep(Map<String, ConfidenceInterval> found, String best, ParameterGrid.Point point) {
    /** What the best combination is called among methods. */
    public static final String NAME = "swept";

    private static final int FEWEST_CASES = 200;
    private static final int MOST_CASES = 2_000;
    /** Lists that may be ranked: with more combinations, fewer cases. */
    private static final int MOST_LISTS = 40_000;

    public static ParameterSweep run(
        EvaluationCases validation, ItemVectorSpace space, ParameterGrid grid, int k, int threads, long seed,
        EvaluationListener listener
    ) {
        Map<String, ParameterGrid.Point> points = grid.points(seed);
        EvaluationCases sample = validation
            .sample(Math.clamp(MOST_LISTS / points.size(), FEWEST_CASES, MOST_CASES), seed);
        ScorerFactory.Texts texts = new ScorerFactory.Texts(sample.data());
        Supplier<List<Method>> methods = () -> {
            ScorerFactory scorers = new ScorerFactory(sample.data(), space, texts, seed);
            List<Method> all = new ArrayList<>();
            points.forEach((name, point) -> all.add(new Method(name, make(point, scorers))));
            return all;
        };
        CaseEvaluation.Outcome outcome = new CaseEvaluation(sample, null, k, seed)
            .of(methods, threads, done -> listener.step("sweeping", done, sample.cases().size()));
        Bootstrap bootstrap = new Bootstrap(sample.cases(), seed);
        Map<String, ConfidenceInterval> found = new LinkedHashMap<>();
        for (int m = 0; m < outcome.names().size(); m++) {
            found.put(outcome.names().get(m), bootstrap.mean(outcome.values()[m][Metric.NDCG.ordinal()]));
        }
        String best = Collections.max(found.keySet(), Comparator.comparingDouble(name -> found.get(name).value()));
        return new ParameterSweep(found, best, points.get(best));
    }

    private static Scorer make(ParameterGrid.Point point, ScorerFactory scorers) {
        return point.topics() == 0 ? scorers.content(point.taste()) : scorers.topics(point.taste(), point.topics());
    }

    /** The best combination, to be measured where nothing was chosen. */
    public Method method(ScorerFactory scorers) {
        return new Method(NAME, make(point, scorers));
    }
}
