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
 * Runs an evaluation from an experiment to a report. The same arguments give the same report, on any number of threads.
 */
public final class Evaluator {
    /** Upper ends of the groups of users by how much is known of them. */
    private static final int[] HISTORIES = { 5, 20, 100, Integer.MAX_VALUE };

    private final EvaluationCases experiment;
    private final ItemVectorSpace space;
    private final Tracker shipped;
    private final EvaluationOptions options;
    private final ScorerFactory.Texts texts;

    /**
     * @param space   null where items have no vectors
     * @param shipped a tracker with nothing but defaults
     */
    public Evaluator(EvaluationCases experiment, ItemVectorSpace space, Tracker shipped, EvaluationOptions options) {
        this.experiment = experiment;
        this.space = space;
        this.shipped = shipped;
        this.options = options;
        this.texts = new ScorerFactory.Texts(experiment.data());
    }

    /**
     * Memory: about {@code 300 MB} and the data at most, whatever the number of events.
     *
     * @throws java.util.concurrent.CancellationException where the listener says so
     */
    public Report run(EvaluationListener asked) {
        EvaluationListener listener = (name, done, of) -> {
            if (asked.cancelled()) {
                throw new CancellationException("the evaluation was cancelled while it was " + name);
            }
            asked.step(name, done, of);
        };
        Map<String, Object> protocol = new LinkedHashMap<>();
        List<String> notes = new ArrayList<>(TimeSpread.notes(experiment.data()));
        boolean learns = List.of(MethodNames.INTEREST, MethodNames.TEXTS, MethodNames.BLEND)
            .stream()
            .anyMatch(options.methods()::contains);
        EvaluationCases validation = learns || options.sweep() != null
            ? Protocols.validation(experiment, Protocols.ENOUGH_CASES).candidatesLike(experiment, options.seed())
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
                .learn(validation, space, shipped, options.k(), options.threads(), options.seed(), pause);
            protocol.put(MethodNames.BLEND, ServedRanking.description(blend));
        }
        Tracker blended = blend == null ? shipped : shipped.withBlend(blend);
        ParameterSweep sweep = options.sweep() == null ? null : sweep(validation, protocol, notes, listener);
        Supplier<List<Method>> methods = () -> {
            ScorerFactory scorers = new ScorerFactory(experiment.data(), space, texts, options.seed());
            List<Method> all = new ArrayList<>();
            options.methods().forEach(name -> all.add(new Method(name, part(name, scorers, learned, blended))));
            if (sweep != null) {
                all.add(sweep.method(scorers));
            }
            return all;
        };
        CaseEvaluation.Outcome outcome = new CaseEvaluation(experiment, space, options.k(), options.seed())
            .of(methods, options.threads(), done -> listener.step("ranking", done, experiment.cases().size()));
        listener.step("ranking", experiment.cases().size(), experiment.cases().size());
        return report(protocol, outcome, sweep == null ? Map.of() : sweep.found(), notes);
    }

    /** Null where there is nothing to sweep. */
    private ParameterSweep sweep(
        EvaluationCases validation, Map<String, Object> protocol, List<String> notes, EvaluationListener listener
    ) {
        if (space == null || validation.cases().isEmpty()) {
            notes.add(
                "nothing was swept: "
                    + (space == null ? "items have no vectors" : "the validation part asks about nobody")
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

    private Scorer part(String name, ScorerFactory scorers, Map<String, LearnedInterest> learned, Tracker blended) {
        return switch (name) {
            case MethodNames.INTEREST, MethodNames.TEXTS -> learned.get(name).make(scorers);
            case MethodNames.CONTENT -> scorers.shipped(shipped);
            case MethodNames.BLEND -> ServedRanking.of(blended, scorers);
            default -> MethodNames.make(name, scorers);
        };
    }

    private Report report(
        Map<String, Object> protocol, CaseEvaluation.Outcome outcome, Map<String, ConfidenceInterval> sweep,
        List<String> notes
    ) {
        Bootstrap bootstrap = new Bootstrap(experiment.cases(), options.seed());
        RatingErrors ratings = new RatingErrors(experiment);
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
            // a share of the catalogue, not a mean over users: drawing users again would show fewer items and no
            // interval
            double coverage = (double) outcome.shown()[m].cardinality() / experiment.catalogue().cardinality();
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
            protocol, bootstrap.users(), experiment.data().items(), experiment.data().events(),
            experiment.cases().size(), methods, outcome.names().get(base), differences, byHistory(outcome), sweep, notes
        );
    }

    private static void addErrors(Map<String, ConfidenceInterval> metrics, Bootstrap bootstrap, double[] errors) {
        metrics.put("mae", bootstrap.mean(Arrays.stream(errors).map(Math::abs).toArray()));
        ConfidenceInterval squared = bootstrap.mean(Arrays.stream(errors).map(error -> error * error).toArray());
        // a root keeps the order, so that it may be taken of the interval's ends
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
            int[] members = IntStream.range(0, experiment.cases().size())
                .filter(i -> experiment.cases().get(i).seen() >= from && experiment.cases().get(i).seen() <= high)
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
