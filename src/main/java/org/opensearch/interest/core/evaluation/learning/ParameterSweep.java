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
 * Content-based interest under a grid of parameters: half-lives, α, transforms, topics. Bounded, and on the validation
 * part alone.
 *
 * @param found NDCG by combination
 * @param best  the combination that ranks best
 * @param point the parameters of the best combination
 */
public record ParameterSweep(Map<String, ConfidenceInterval> found, String best, ParameterGrid.Point point) {
    /** Name of the best combination among the methods. */
    public static final String NAME = "swept";

    private static final int FEWEST_CASES = 200;
    private static final int MOST_CASES = 2_000;
    /** Limit of ranked lists: with more combinations, fewer cases. */
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
            ScorerFactory factory = new ScorerFactory(sample.data(), space, texts, seed);
            List<Method> all = new ArrayList<>();
            points.forEach((name, point) -> all.add(new Method(name, make(point, factory))));
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

    private static Scorer make(ParameterGrid.Point point, ScorerFactory factory) {
        return point.topics() == 0 ? factory.content(point.taste()) : factory.topics(point.taste(), point.topics());
    }

    /** Returns the best combination as a method, to be measured on cases that were not used to choose it. */
    public Method method(ScorerFactory factory) {
        return new Method(NAME, make(point, factory));
    }
}
