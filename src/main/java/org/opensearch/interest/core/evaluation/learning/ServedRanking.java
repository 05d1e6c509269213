package org.opensearch.interest.core.evaluation.learning;

import org.opensearch.interest.core.evaluation.data.EvaluationCases;
import org.opensearch.interest.core.evaluation.method.EngagementReplay;
import org.opensearch.interest.core.evaluation.method.ItemVectorSpace;
import org.opensearch.interest.core.evaluation.method.Scorer;
import org.opensearch.interest.core.evaluation.method.ScorerFactory;
import org.opensearch.interest.core.evaluation.method.WeightedSumScorer;
import org.opensearch.interest.core.ranking.ComponentWeights;
import org.opensearch.interest.core.tracking.Tracker;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * A tracker's ranking with all of its components, through the same classes that a search uses: content as in
 * production, and the related, popular and repeat components. The order is that of a search, whose score is an
 * increasing function of the sum.
 */
public final class ServedRanking {
    /** Prior weights, in the units of a multinomial logit and in the order of the components. */
    private static final double[] PRIOR = { 0.25, 0.4, 0.6, 1 };
    private static final boolean[] SIGNED = new boolean[PRIOR.length];
    /** Largest weight. A larger one leaves floats too few digits to tell items apart. */
    private static final double MOST = 10;

    private ServedRanking() {}

    /** Returns the scorer by which a tracker ranks, under its own weights. */
    public static Scorer of(Tracker tracker, ScorerFactory factory) {
        ComponentWeights weights = tracker.blend();
        return weights.needsItems()
            ? new WeightedSumScorer(
                List.of(factory.productionZ(tracker), factory.engagement(tracker).reading(weights)),
                new double[]{ weights.content(), 1 }
            )
            : factory.production(tracker);
    }

    /**
     * Learns the weights under which a tracker's components rank best.
     *
     * @param validation the cases to learn from, within the training part of the test cases
     * @param space      null if items have no vectors; content then has weight 0
     */
    public static ComponentWeights learn(
        EvaluationCases validation, ItemVectorSpace space, Tracker tracker, int k, int threads, long seed,
        Runnable pause
    ) {
        ScorerFactory.Texts texts = new ScorerFactory.Texts(validation.data());
        Supplier<List<Scorer>> scorers = () -> {
            ScorerFactory factory = new ScorerFactory(validation.data(), space, texts, seed);
            EngagementReplay engagement = factory.engagement(tracker);
            return List.of(
                factory.productionZ(tracker), engagement.reading(new ComponentWeights(0, 1, 0, 0)),
                engagement.reading(new ComponentWeights(0, 0, 1, 0)),
                engagement.reading(new ComponentWeights(0, 0, 0, 1))
            );
        };
        double[] prior = PRIOR.clone();
        prior[0] = space == null ? 0 : prior[0];
        // without repeated engagements, nothing can be learned about the repeat component
        prior[3] = validation.repeats() ? prior[3] : 0;
        TrainingSet training = TrainingSet.gather(validation, scorers, prior.length, k, threads, seed);
        return training.cases() == 0 ? tracker.blend()
            : scaled(new ComponentWeightLearner(training, SIGNED, prior, pause).learn());
    }

    /**
     * Scales the weights, which does not change the order: content gets weight 1 unless another weight would become too
     * large.
     */
    private static ComponentWeights scaled(double[] weights) {
        double most = Arrays.stream(weights).max().orElse(0);
        if (most <= 0) {
            return ComponentWeights.CONTENT_ALONE;
        }
        double scale = weights[0] > 0 ? Math.min(1 / weights[0], MOST / most) : 1 / most;
        double[] rounded = Arrays.stream(weights).map(weight -> Math.round(1_000 * scale * weight) / 1_000.0).toArray();
        return new ComponentWeights(rounded[0], rounded[1], rounded[2], rounded[3]);
    }

    public static String description(ComponentWeights weights) {
        return String.format(
            Locale.ROOT, "content %.3f, related %.3f, popular %.3f, repeat %.3f", weights.content(), weights.related(),
            weights.popular(), weights.repeat()
        );
    }
}
