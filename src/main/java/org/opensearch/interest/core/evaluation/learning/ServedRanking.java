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
 * A tracker's ranking with all of its parts, through the very classes that a search uses: content as it is shipped, and
 * what is related, popular and repeated. The same order as a search's, whose score is a growing function of the sum.
 */
public final class ServedRanking {
    /** What weighs how much where nothing is known, in the units of a choice model; in the order of the parts. */
    private static final double[] USUAL = { 0.25, 0.4, 0.6, 1 };
    private static final boolean[] SIGNED = new boolean[USUAL.length];
    /** More of one part leaves floats too few digits to tell items apart. */
    private static final double MOST = 10;

    private ServedRanking() {}

    /** How a tracker ranks, by its own weights. */
    public static Scorer of(Tracker tracker, ScorerFactory scorers) {
        ComponentWeights weights = tracker.blend();
        return weights.needsItems()
            ? new WeightedSumScorer(
                List.of(scorers.shippedZ(tracker), scorers.crowds(tracker).reading(weights)),
                new double[]{ weights.content(), 1 }
            )
            : scorers.shipped(tracker);
    }

    /**
     * The weights under which a tracker's parts rank best.
     *
     * @param validation within the training part of what will be asked; its cases count
     * @param space      null where items have no vectors: then content weighs nothing
     */
    public static ComponentWeights learn(
        EvaluationCases validation, ItemVectorSpace space, Tracker tracker, int k, int threads, long seed,
        Runnable pause
    ) {
        ScorerFactory.Texts texts = new ScorerFactory.Texts(validation.data());
        Supplier<List<Scorer>> parts = () -> {
            ScorerFactory scorers = new ScorerFactory(validation.data(), space, texts, seed);
            EngagementReplay crowds = scorers.crowds(tracker);
            return List.of(
                scorers.shippedZ(tracker), crowds.reading(new ComponentWeights(0, 1, 0, 0)),
                crowds.reading(new ComponentWeights(0, 0, 1, 0)), crowds.reading(new ComponentWeights(0, 0, 0, 1))
            );
        };
        double[] usual = USUAL.clone();
        usual[0] = space == null ? 0 : usual[0];
        // who takes up nothing twice teaches nothing of that
        usual[3] = validation.repeats() ? usual[3] : 0;
        TrainingSet training = TrainingSet.gather(validation, parts, usual.length, k, threads, seed);
        return training.cases() == 0 ? tracker.blend()
            : scaled(new ComponentWeightLearner(training, SIGNED, usual, pause).learn());
    }

    /** An order does not depend on the scale: content's z keeps its own where it can. */
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
