package org.opensearch.interest.core.evaluation.learning;

import org.opensearch.interest.core.evaluation.data.Dataset;
import org.opensearch.interest.core.evaluation.data.EvaluationCases;
import org.opensearch.interest.core.evaluation.method.CandidateScorer;
import org.opensearch.interest.core.evaluation.method.ItemVectorSpace;
import org.opensearch.interest.core.evaluation.method.Method;
import org.opensearch.interest.core.evaluation.method.Scorer;
import org.opensearch.interest.core.evaluation.method.ScorerFactory;
import org.opensearch.interest.core.evaluation.method.WeightedSumScorer;
import org.opensearch.interest.core.evaluation.method.WorkerPool;
import org.opensearch.interest.core.evaluation.metric.CaseEvaluation;
import org.opensearch.interest.core.evaluation.metric.Metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Our method: content, co-engagement, popularity and past items as one weighted sum. It chooses half-lives and weights
 * by itself on a validation period, which lies within what it may know. The best single scorer of each family is taken,
 * then the weights of all are learned together.
 *
 * @param scorers the terms of the sum
 * @param weights one per scorer
 * @param cases   number of validation cases that chose them
 */
public record LearnedInterest(List<CandidateScorer> scorers, double[] weights, int cases) {
    /** Enough cases to compare the variants of one scorer. */
    private static final int MOST_TO_COMPARE = 1_000;
    /** Scores that comparing may cost per variant: with more items, fewer cases. */
    private static final int MOST_SCORES = 20_000_000;

    /**
     * @param validation within the training part of the test cases
     * @param all        whether it may learn from other users as well, and not from the items' texts alone
     */
    public static LearnedInterest on(
        EvaluationCases validation, ItemVectorSpace space, boolean all, int k, int threads, long seed,
        BiConsumer<Integer, Integer> progress
    ) {
        Dataset data = validation.data();
        ScorerFactory.Texts texts = new ScorerFactory.Texts(data);
        double span = Math.max(
            1,
            validation.from() == data.time(0) ? data.time(data.events() - 1) - data.time(0)
                : validation.from() - data.time(0)
        );
        List<List<CandidateScorer>> families = all ? CandidateScorer.families(span, validation.repeats(), space != null)
            : CandidateScorer.content(span, space != null);
        int compared = Math.clamp(MOST_SCORES / Math.max(1, data.items()), 200, MOST_TO_COMPARE);
        List<CandidateScorer> chosen = best(
            validation.sample(compared, seed), space, texts, families, k, threads, seed, progress
        );
        Supplier<List<Scorer>> scorers = () -> {
            ScorerFactory factory = new ScorerFactory(data, space, texts, seed);
            return chosen.stream().map(scorer -> scorer.make().apply(factory)).toList();
        };
        boolean[] signed = new boolean[chosen.size()];
        double[] prior = new double[chosen.size()];
        for (int i = 0; i < signed.length; i++) {
            signed[i] = chosen.get(i).signed();
            prior[i] = chosen.get(i).usual();
        }
        TrainingSet training = TrainingSet.gather(validation, scorers, chosen.size(), k, threads, seed);
        try (WorkerPool pool = new WorkerPool(threads)) {
            Runnable pause = () -> progress.accept(training.cases(), training.cases());
            return new LearnedInterest(
                chosen, new ComponentWeightLearner(training, signed, prior, pool, pause).learn(), training.cases()
            );
        }
    }

    private static List<CandidateScorer> best(
        EvaluationCases validation, ItemVectorSpace space, ScorerFactory.Texts texts,
        List<List<CandidateScorer>> families, int k, int threads, long seed, BiConsumer<Integer, Integer> progress
    ) {
        List<CandidateScorer> all = families.stream().flatMap(List::stream).toList();
        CaseEvaluation.Outcome outcome = new CaseEvaluation(validation, null, k, seed).of(() -> {
            ScorerFactory factory = new ScorerFactory(validation.data(), space, texts, seed);
            return all.stream().map(scorer -> new Method(scorer.name(), scorer.make().apply(factory))).toList();
        }, threads, done -> progress.accept(done, validation.cases().size()));
        List<CandidateScorer> chosen = new ArrayList<>();
        int next = 0;
        for (List<CandidateScorer> family : families) {
            int best = next;
            for (int i = next; i < next + family.size(); i++) {
                best = outcome.mean(i, Metric.NDCG) > outcome.mean(best, Metric.NDCG) ? i : best;
            }
            chosen.add(all.get(best));
            next += family.size();
        }
        return chosen;
    }

    public Scorer make(ScorerFactory factory) {
        return new WeightedSumScorer(scorers.stream().map(scorer -> scorer.make().apply(factory)).toList(), weights);
    }

    /** Describes the chosen sum for the report: "0.40 centred 90d + …", the largest share first. */
    public String description() {
        double total = Arrays.stream(weights).map(Math::abs).sum();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] != 0) {
                order.add(i);
            }
        }
        order.sort((a, b) -> Double.compare(Math.abs(weights[b]), Math.abs(weights[a])));
        List<String> terms = order.stream()
            .map(i -> String.format(Locale.ROOT, "%.3f %s", weights[i] / total, scorers.get(i).name()))
            .toList();
        return String.join(" + ", terms) + " (chosen on " + cases + " validation cases)";
    }
}
