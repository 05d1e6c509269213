package org.opensearch.interest.core.evaluation.report;

import org.opensearch.interest.core.evaluation.data.EvaluationCases;
import org.opensearch.interest.core.evaluation.data.Protocols;
import org.opensearch.interest.core.evaluation.data.TimeSpread;
import org.opensearch.interest.core.evaluation.learning.EvaluationListener;
import org.opensearch.interest.core.evaluation.learning.EvaluationOptions;
import org.opensearch.interest.core.evaluation.learning.LearnedInterest;
import org.opensearch.interest.core.evaluation.learning.ParameterSweep;
import org.opensearch.interest.core.evaluation.learning.ServedRanking;
import org.opensearch.interest.core.evaluation.method.ItemVectorSpace;
import org.opensearch.interest.core.evaluation.method.Method;
import org.opensearch.interest.core.evaluation.method.MethodNames;
import org.opensearch.interest.core.evaluation.method.Scorer;
import org.opensearch.interest.core.evaluation.method.ScorerFactory;
import org.opensearch.interest.core.evaluation.metric.Bootstrap;
import org.opensearch.interest.core.evaluation.metric.CaseEvaluation;
import org.opensearch.interest.core.evaluation.metric.ConfidenceInterval;
import org.opensearch.interest.core.evaluation.metric.Metric;
import org.opensearch.interest.core.evaluation.metric.RatingErrors;
import org.opensearch.interest.core.ranking.ComponentWeights;
import org.opensearch.interest.core.tracking.Tracker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Runs an evaluation from its cases to a report. The same arguments give the same report, on any number of threads.
 */
public final class Evaluator {
    /** Upper bounds of the groups of users by number of known events. */
    private static final int[] HISTORIES = { 5, 20, 100, Integer.MAX_VALUE };

    private final EvaluationCases evaluationCases;
    private final ItemVectorSpace space;
    private final Tracker defaultSettings;
    private final EvaluationOptions options;
    private final ScorerFactory.Texts texts;

    /**
     * @param space           null if items have no vectors
     * @param defaultSettings a tracker with default settings
     */
    public Evaluator(
        EvaluationCases evaluationCases, ItemVectorSpace space, Tracker defaultSettings, EvaluationOptions options
    ) {
        this.evaluationCases = evaluationCases;
        this.space = space;
        this.defaultSettings = defaultSettings;
        this.options = options;
        this.texts = new ScorerFactory.Texts(evaluationCases.data());
    }

    /**
     * Runs the evaluation. Memory: at most about {@code 300 MB} and the data, whatever the number of events.
     *
     * @throws java.util.concurrent.CancellationException if the listener requests it
     */
    public Report run(EvaluationListener caller) {
        EvaluationListener listener = (name, done, of) -> {
            if (caller.cancelled()) {
                throw new CancellationException("the evaluation was cancelled while it was " + name);
            }
            caller.step(name, done, of);
        };
        Map<String, Object> protocol = new LinkedHashMap<>();
        List<String> notes = new ArrayList<>(TimeSpread.notes(evaluationCases.data()));
        boolean learns = List.of(MethodNames.INTEREST, MethodNames.TEXTS, MethodNames.BLEND)
            .stream()
            .anyMatch(options.methods()::contains);
        EvaluationCases validation = learns || options.sweep() != null
            ? Protocols.validation(evaluationCases, Protocols.ENOUGH_CASES)
                .candidatesLike(evaluationCases, options.seed())
            : null;
        Map<String, LearnedInterest> learned = new HashMap<>();
        for (String name : List.of(MethodNames.INTEREST, MethodNames.TEXTS)) {
            if (options.methods().contains(name)) {
                LearnedInterest one = LearnedInterest.on(
                    validation, space, name.equals(MethodNames.INTEREST), options.k(), options.threads(),
                    options.seed(), (done, of) -> listener.step("choosing parameters", done, of)
                );
                learned.put(name, one);
                protocol.put(name, one.description());
            }
        }
        ComponentWeights blend = null;
        if (options.methods().contains(MethodNames.BLEND)) {
            int cases = validation.cases().size();
            Runnable pause = () -> listener.step("choosing weights", cases, cases);
            blend = ServedRanking
                .learn(validation, space, defaultSettings, options.k(), options.threads(), options.seed(), pause);
            protocol.put(MethodNames.BLEND, ServedRanking.description(blend));
        }
        Tracker blended = blend == null ? defaultSettings : defaultSettings.withBlend(blend);
        ParameterSweep sweep = options.sweep() == null ? null : sweep(validation, protocol, notes, listener);
        Supplier<List<Method>> methods = () -> {
            ScorerFactory factory = new ScorerFactory(evaluationCases.data(), space, texts, options.seed());
            List<Method> all = new ArrayList<>();
            options.methods().forEach(name -> all.add(new Method(name, scorer(name, factory, learned, blended))));
            if (sweep != null) {
                all.add(sweep.method(factory));
            }
            return all;
        };
        CaseEvaluation.Outcome outcome = new CaseEvaluation(evaluationCases, space, options.k(), options.seed())
            .of(methods, options.threads(), done -> listener.step("ranking", done, evaluationCases.cases().size()));
        listener.step("ranking", evaluationCases.cases().size(), evaluationCases.cases().size());
        return report(protocol, outcome, sweep == null ? Map.of() : sweep.found(), notes);
    }

    /** Returns null if there is nothing to sweep. */
    private ParameterSweep sweep(
        EvaluationCases validation, Map<String, Object> protocol, List<String> notes, EvaluationListener listener
    ) {
        if (space == null || validation.cases().isEmpty()) {
            notes.add(
                "nothing was swept: " + (space == null ? "items have no vectors" : "the validation part has no cases")
            );
            return null;
        }
        ParameterSweep sweep = ParameterSweep
            .run(validation, space, options.sweep(), options.k(), options.threads(), options.seed(), listener);
        int tried = sweep.found().size();
        String chosen = "the sweep is on the validation part alone, where [" + sweep.best()
            + "] was best, and is measured as [" + ParameterSweep.NAME + "]; ";
        notes.add(
            chosen + (options.sweep().size() == tried ? "all [" + tried + "] combinations were tried"
                : "of [" + options.sweep().size() + "] combinations [" + tried
                    + "], drawn by the seed, were tried: more would take too long")
        );
        protocol.put(ParameterSweep.NAME, sweep.best());
        return sweep;
    }

    private Scorer scorer(String name, ScorerFactory factory, Map<String, LearnedInterest> learned, Tracker blended) {
        return switch (name) {
            case MethodNames.INTEREST, MethodNames.TEXTS -> learned.get(name).make(factory);
            case MethodNames.CONTENT -> factory.production(defaultSettings);
            case MethodNames.BLEND -> ServedRanking.of(blended, factory);
            default -> MethodNames.make(name, factory);
        };
    }

    private Report report(
        Map<String, Object> protocol, CaseEvaluation.Outcome outcome, Map<String, ConfidenceInterval> sweep,
        List<String> notes
    ) {
        Bootstrap bootstrap = new Bootstrap(evaluationCases.cases(), options.seed());
        RatingErrors ratings = new RatingErrors(evaluationCases);
        Map<String, Map<String, ConfidenceInterval>> methods = new LinkedHashMap<>();
        for (int m = 0; m < outcome.names().size(); m++) {
            Map<String, ConfidenceInterval> metrics = new LinkedHashMap<>();
            for (Metric metric : Metric.values()) {
                double[] values = outcome.values()[m][metric.ordinal()];
                if (Arrays.stream(values).anyMatch(value -> Double.isNaN(value) == false)) {
                    metrics.put(metric.name(options.k()), bootstrap.mean(values));
                }
            }
            if (ratings.any()) {
                addErrors(metrics, bootstrap, ratings.of(outcome.scores()[m]));
            }
            // a share of the catalogue, not a mean over users: resampled users would see fewer items and give no
            // interval
            double coverage = (double) outcome.shown()[m].cardinality() / evaluationCases.catalogue().cardinality();
            metrics.put("coverage", new ConfidenceInterval(coverage, Double.NaN, Double.NaN));
            methods.put(outcome.names().get(m), metrics);
        }
        int base = Math.max(0, outcome.names().indexOf(MethodNames.INTEREST));
        Map<String, ConfidenceInterval> differences = new LinkedHashMap<>();
        int ndcg = Metric.NDCG.ordinal();
        for (int m = 0; m < outcome.names().size(); m++) {
            if (m != base) {
                differences.put(
                    outcome.names().get(m),
                    bootstrap.difference(outcome.values()[base][ndcg], outcome.values()[m][ndcg])
                );
            }
        }
        return new Report(
            protocol, bootstrap.users(), evaluationCases.data().items(), evaluationCases.data().events(),
            evaluationCases.cases().size(), methods, outcome.names().get(base), differences, byHistory(outcome), sweep,
            notes
        );
    }

    private static void addErrors(Map<String, ConfidenceInterval> metrics, Bootstrap bootstrap, double[] errors) {
        metrics.put("mae", bootstrap.mean(Arrays.stream(errors).map(Math::abs).toArray()));
        ConfidenceInterval squared = bootstrap.mean(Arrays.stream(errors).map(error -> error * error).toArray());
        // a root keeps the order, so that it may be applied to the ends of the interval
        metrics.put(
            "rmse",
            new ConfidenceInterval(Math.sqrt(squared.value()), Math.sqrt(squared.low()), Math.sqrt(squared.high()))
        );
    }

    private Map<String, Map<String, Double>> byHistory(CaseEvaluation.Outcome outcome) {
        Map<String, Map<String, Double>> groups = new LinkedHashMap<>();
        int low = 1;
        for (int high : HISTORIES) {
            int from = low;
            int[] members = IntStream.range(0, evaluationCases.cases().size())
                .filter(
                    i -> evaluationCases.cases().get(i).seen() >= from && evaluationCases.cases().get(i).seen() <= high
                )
                .toArray();
            if (members.length > 0) {
                Map<String, Double> means = new LinkedHashMap<>();
                means.put("cases", (double) members.length);
                for (int m = 0; m < outcome.names().size(); m++) {
                    double[] values = outcome.values()[m][Metric.NDCG.ordinal()];
                    means.put(
                        outcome.names().get(m),
                        Arrays.stream(members).mapToDouble(i -> values[i]).average().orElse(Double.NaN)
                    );
                }
                groups.put(high == Integer.MAX_VALUE ? from + " and more" : from + " to " + high, means);
            }
            low = high + 1;
        }
        return groups;
    }
}
