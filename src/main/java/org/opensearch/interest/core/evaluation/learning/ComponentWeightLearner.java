package org.opensearch.interest.core.evaluation.learning;

import org.opensearch.interest.core.evaluation.method.WorkerPool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the weights under which a sum of parts ranks best. Which way of finding them to trust depends on how much there
 * is to learn from, so the ways compete on cases that they did not see: the best single part, the most likely weights
 * held near the usual ones, and ascents on NDCG from both. Few cases leave the usual weights; thousands leave what they
 * say.
 */
final class ComponentWeightLearner {
    /** Fewer cases cannot tell ways of learning apart. */
    private static final int ENOUGH_TO_COMPARE = 20;

    private final TrainingSet training;
    private final boolean[] signed;
    private final double[] usual;
    private final WorkerPool pool;
    private final Runnable pause;

    /**
     * @param signed by part, whether its weight may be below zero
     * @param usual  by part, what it weighs where nothing else is known
     * @param pool   who learns
     * @param pause  called now and then; what it throws ends the learning
     */
    ComponentWeightLearner(TrainingSet training, boolean[] signed, double[] usual, WorkerPool pool, Runnable pause) {
        this.training = training;
        this.signed = signed;
        this.usual = usual;
        this.pool = pool;
        this.pause = pause;
    }

    /** On the caller's thread alone. */
    ComponentWeightLearner(TrainingSet training, boolean[] signed, double[] usual, Runnable pause) {
        this(training, signed, usual, new WorkerPool(1), pause);
    }

    private enum Way {
        LIKELY,
        CLIMBED,
        ALONE,
        CLIMBED_ALONE
    }

    double[] learn() {
        int cases = training.cases();
        if (cases < ENOUGH_TO_COMPARE) {
            return learn(Way.LIKELY, training.all());
        }
        int folds = Math.clamp(2_000 / cases, 2, 10);
        List<double[]> values = new ArrayList<>();
        for (int i = 0; i < Way.values().length; i++) {
            values.add(new double[cases]);
        }
        for (int fold = 0; fold < folds; fold++) {
            int[] unseen = training.members(fold, folds, true);
            int[] seen = training.members(fold, folds, false);
            if (unseen.length == 0 || seen.length == 0) {
                continue;
            }
            for (Way way : Way.values()) {
                double[] each = training.ndcg(learn(way, seen), unseen, pool);
                for (int i = 0; i < unseen.length; i++) {
                    values.get(way.ordinal())[unseen[i]] = each[i];
                }
            }
        }
        Way best = Way.LIKELY;
        for (Way way : Way.values()) {
            best = clearlyBetter(values.get(way.ordinal()), values.get(best.ordinal())) ? way : best;
        }
        return learn(best, training.all());
    }

    /**
     * By a standard error of the difference: what is no better than chance would have it is no reason to leave the
     * simpler way.
     */
    private static boolean clearlyBetter(double[] one, double[] other) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < one.length; i++) {
            double difference = one[i] - other[i];
            sum += difference;
            squares += difference * difference;
        }
        double mean = sum / one.length;
        return mean > Math.sqrt(Math.max(0, squares / one.length - mean * mean) / one.length);
    }

    private double[] learn(Way way, int[] members) {
        pause.run();
        return switch (way) {
            case LIKELY -> likely(members);
            case CLIMBED -> new CoordinateAscent(training, members, signed, pool).from(likely(members));
            case ALONE -> alone(members);
            case CLIMBED_ALONE -> new CoordinateAscent(training, members, signed, pool).from(alone(members));
        };
    }

    private double[] likely(int[] members) {
        double[] weights = MultinomialLogit.fit(training, members, usual, pool);
        for (int f = 0; f < weights.length; f++) {
            weights[f] = signed[f] ? weights[f] : Math.max(0, weights[f]);
        }
        return weights;
    }

    private double[] alone(int[] members) {
        double[] best = null;
        double highest = -1;
        for (int f = 0; f < signed.length; f++) {
            double[] one = new double[signed.length];
            one[f] = 1;
            double value = Arrays.stream(training.ndcg(one, members, pool)).sum();
            if (value > highest) {
                highest = value;
                best = one;
            }
        }
        return best;
    }
}
