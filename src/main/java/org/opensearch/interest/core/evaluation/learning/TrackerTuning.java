package org.opensearch.interest.core.evaluation.learning;

import org.opensearch.interest.core.evaluation.data.Case;
import org.opensearch.interest.core.evaluation.data.EvaluationCases;
import org.opensearch.interest.core.evaluation.data.Protocols;
import org.opensearch.interest.core.evaluation.method.ItemVectorSpace;
import org.opensearch.interest.core.evaluation.method.Method;
import org.opensearch.interest.core.evaluation.method.ScorerFactory;
import org.opensearch.interest.core.evaluation.metric.Bootstrap;
import org.opensearch.interest.core.evaluation.metric.CaseEvaluation;
import org.opensearch.interest.core.evaluation.metric.ConfidenceInterval;
import org.opensearch.interest.core.evaluation.metric.Metric;
import org.opensearch.interest.core.profile.HalfLives;
import org.opensearch.interest.core.tracking.Tracker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Looks for settings of a tracker under which a search would have ranked better: the same classes that a search uses,
 * under other half-lives, α, topics, geometry and component weights. Settings are chosen on the validation part and
 * measured on the test part, which is not used to choose.
 */
public final class TrackerTuning {
    private static final long DAY = 86_400_000L;
    private static final List<Long> LONG_TERM = List.of(7 * DAY, 30 * DAY, 90 * DAY, 365 * DAY, 1825 * DAY);
    private static final List<Long> SHORT_TERM = List.of(DAY / 4, DAY, 7 * DAY);
    private static final List<Double> ALPHAS = List.of(0.0, 0.2, 0.4, 0.6);
    private static final List<Integer> TOPICS = List.of(1, 8);
    /** Fewer users cannot tell settings apart: differences between them may be chance. */
    private static final int FEWEST_USERS = 30;
    private static final int FEWEST_CASES = 100;
    private static final int MOST_CASES = 1_000;
    /** Multiplications that a step may cost, about ten seconds: with more items, fewer cases. */
    private static final double MOST_MULTIPLICATIONS = 5e10;

    private final EvaluationCases test;
    private final ItemVectorSpace space;
    private final Tracker current;
    private final Tracker defaultSettings;
    private final EvaluationOptions options;
    private final EvaluationListener listener;

    /**
     * @param settings   the best that were found; the current ones if none were better
     * @param tried      number of settings tried
     * @param before     NDCG of the current settings on the test part
     * @param after      NDCG of the best settings on the test part
     * @param shipped    NDCG of the default settings on the test part
     * @param difference of the best to the current settings, case by case
     * @param better     whether the best settings are better: the interval of the difference lies above 0, and they are
     *                   no worse than the default ones
     * @param why        one sentence
     */
    public record Proposal(
        Tracker settings,
        int tried,
        ConfidenceInterval before,
        ConfidenceInterval after,
        ConfidenceInterval shipped,
        ConfidenceInterval difference,
        boolean better,
        String why
    ) {}

    private TrackerTuning(
        EvaluationCases test, ItemVectorSpace space, Tracker current, Tracker defaultSettings,
        EvaluationOptions options, EvaluationListener listener
    ) {
        this.test = test;
        this.space = space;
        this.current = current;
        this.defaultSettings = defaultSettings;
        this.options = options;
        this.listener = listener;
    }

    /**
     * @param current         the tracker as it is configured
     * @param defaultSettings a tracker with default settings
     * @param options         of the evaluation, of which k, seed and threads are used
     */
    public static Proposal propose(
        EvaluationCases test, ItemVectorSpace space, Tracker current, Tracker defaultSettings,
        EvaluationOptions options, EvaluationListener listener
    ) {
        return new TrackerTuning(test, space, current, defaultSettings, options, listener).propose();
    }

    private Proposal propose() {
        EvaluationCases validation = Protocols.validation(test, Protocols.ENOUGH_CASES)
            .candidatesLike(test, options.seed());
        long users = validation.cases().stream().mapToInt(Case::user).distinct().count();
        long tested = test.cases().stream().mapToInt(Case::user).distinct().count();
        if (Math.min(users, tested) < FEWEST_USERS) {
            return new Proposal(
                current, 0, null, null, null, null, false,
                "nothing was tried: [" + users + "] users to choose by and [" + tested
                    + "] to test on, and fewer than [" + FEWEST_USERS + "] cannot tell settings apart"
            );
        }
        List<Tracker> coarse = coarse();
        Tracker best = best(validation, coarse);
        List<Tracker> fine = fine(best);
        best = best(validation, fine);
        List<Tracker> weightVariants = weightVariants(validation, best);
        best = best(validation, weightVariants);
        return confirm(best, coarse.size() + fine.size() + weightVariants.size() - 1);
    }

    /** Varies the most important settings first: geometry, long-term half-life, and whether topics are separated. */
    private List<Tracker> coarse() {
        List<Tracker> all = new ArrayList<>(List.of(current));
        TreeSet<Integer> topics = new TreeSet<>(TOPICS);
        topics.add(current.topics().max());
        TreeSet<Long> longTerm = new TreeSet<>(LONG_TERM);
        longTerm.add(current.halfLives().longTerm());
        for (Tracker.GeometryMode geometry : Tracker.GeometryMode.values()) {
            for (int max : topics) {
                for (long longTermHalfLife : longTerm) {
                    add(
                        all,
                        variant(
                            current, current.halfLives().shortTerm(), longTermHalfLife, current.alpha(), geometry, max
                        )
                    );
                }
            }
        }
        return all;
    }

    private List<Tracker> fine(Tracker around) {
        List<Tracker> all = new ArrayList<>(List.of(around));
        for (double alpha : ALPHAS) {
            for (long recent : alpha == 0 ? List.of(around.halfLives().shortTerm()) : SHORT_TERM) {
                add(
                    all,
                    variant(
                        around, recent, around.halfLives().longTerm(), alpha, around.geometry(), around.topics().max()
                    )
                );
            }
        }
        return all;
    }

    /**
     * Returns the tracker with its own component weights and with learned ones. Without a history there is nothing to
     * learn from, and content is the only component.
     */
    private List<Tracker> weightVariants(EvaluationCases validation, Tracker around) {
        List<Tracker> all = new ArrayList<>(List.of(around));
        if (around.history().enabled()) {
            EvaluationCases sample = validation.sample(cases(4), options.seed());
            Runnable pause = () -> listener.step("choosing weights", sample.cases().size(), sample.cases().size());
            add(
                all,
                around.withBlend(
                    ServedRanking.learn(sample, space, around, options.k(), options.threads(), options.seed(), pause)
                )
            );
        }
        return all;
    }

    private static void add(List<Tracker> all, Tracker variant) {
        if (variant.halfLives().shortTerm() <= variant.halfLives().longTerm()
            && all.stream().noneMatch(variant::readsAs)) {
            all.add(variant);
        }
    }

    private static Tracker variant(
        Tracker of, long shortTerm, long longTerm, double alpha, Tracker.GeometryMode geometry, int topics
    ) {
        HalfLives halfLives = new HalfLives(shortTerm, longTerm, of.halfLives().bySignal());
        return of.withReading(halfLives, alpha, geometry, new Tracker.Topics(topics, of.topics().similarity()));
    }

    /** Returns the first tracker unless another is better. */
    private Tracker best(EvaluationCases validation, List<Tracker> trackers) {
        EvaluationCases sample = validation.sample(cases(trackers.size()), options.seed());
        CaseEvaluation.Outcome outcome = measure("choosing settings", sample, trackers);
        int best = 0;
        for (int m = 1; m < trackers.size(); m++) {
            best = outcome.mean(m, Metric.NDCG) > outcome.mean(best, Metric.NDCG) ? m : best;
        }
        return trackers.get(best);
    }

    private Proposal confirm(Tracker best, int tried) {
        EvaluationCases sample = test.sample(Math.max(MOST_CASES, cases(3)), options.seed());
        CaseEvaluation.Outcome outcome = measure(
            "confirming settings", sample, List.of(current, best, defaultSettings)
        );
        Bootstrap bootstrap = new Bootstrap(sample.cases(), options.seed());
        double[][] ndcg = new double[3][];
        for (int m = 0; m < ndcg.length; m++) {
            ndcg[m] = outcome.values()[m][Metric.NDCG.ordinal()];
        }
        ConfidenceInterval before = bootstrap.mean(ndcg[0]);
        ConfidenceInterval after = bootstrap.mean(ndcg[1]);
        ConfidenceInterval defaults = bootstrap.mean(ndcg[2]);
        ConfidenceInterval difference = bootstrap.difference(ndcg[1], ndcg[0]);
        boolean same = best.readsAs(current);
        boolean significant = difference.low() > 0;
        boolean noWorse = after.value() >= defaults.value();
        String why = same ? "none of the settings tried was better than the current ones"
            : significant == false ? "the difference to the current settings is not significant"
                : noWorse == false ? "the default settings are better still"
                    : "better than the current settings, and no worse than the default ones, on events that were not used to choose";
        return new Proposal(
            best, tried, before, after, defaults, difference, same == false && significant && noWorse, why
        );
    }

    private int cases(int methods) {
        double perCase = (double) methods * test.data().items() * space.dimension() * 5;
        return Math.clamp((long) (MOST_MULTIPLICATIONS / Math.max(1, perCase)), FEWEST_CASES, MOST_CASES);
    }

    private CaseEvaluation.Outcome measure(String step, EvaluationCases sample, List<Tracker> trackers) {
        Map<String, Tracker> byName = new LinkedHashMap<>();
        trackers.forEach(tracker -> byName.put(String.valueOf(byName.size()), tracker));
        ScorerFactory.Texts texts = new ScorerFactory.Texts(sample.data());
        Supplier<List<Method>> methods = () -> {
            ScorerFactory factory = new ScorerFactory(sample.data(), space, texts, options.seed());
            return byName.entrySet()
                .stream()
                .map(entry -> new Method(entry.getKey(), ServedRanking.of(entry.getValue(), factory)))
                .toList();
        };
        return new CaseEvaluation(sample, null, options.k(), options.seed())
            .of(methods, options.threads(), done -> listener.step(step, done, sample.cases().size()));
    }
}
