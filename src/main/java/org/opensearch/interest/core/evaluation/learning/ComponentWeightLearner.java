package org.opensearch.interest.core.evaluation.learning;

import org.opensearch.interest.core.evaluation.method.WorkerPool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Learns the weights under which a sum of scorers ranks best. Which strategy is best depends on the amount of data, so
 * the strategies compete on cases that they did not see: the best single scorer, the most likely weights close to the
 * prior ones, and coordinate ascent on NDCG from both. With few cases the prior weights remain; with thousands the data
 * decide.
 */
final class ComponentWeightLearner {
    /** Fewer cases cannot show which strategy is better. */
    private static final int ENOUGH_TO_COMPARE = 20;

    private final TrainingSet training;
    private final boolean[] signed;
    private final double[] prior;
    private final WorkerPool pool;
    private final Runnable pause;

    /**
     * @param signed by scorer, whether its weight may be negative
     * @param prior  by scorer, its weight if nothing else is known
     * @param pool   runs the learning
     * @param pause  called now and then; an exception that it throws ends the learning
     */
    ComponentWeightLearner(TrainingSet training, boolean[] signed, double[] prior, WorkerPool pool, Runnable pause) {
        this.training = training;
        this.signed = signed;
        this.prior = prior;
        this.pool = pool;
        this.pause = pause;
    }

    /** Learns on the caller's thread alone. */
    ComponentWeightLearner(TrainingSet training, boolean[] signed, double[] prior, Runnable pause) {
        this(training, signed, prior, new WorkerPool(1), pause);
    }

    private enum Strategy {
        LOGIT,
        LOGIT_ASCENT,
        SINGLE,
        SINGLE_ASCENT
    }

    double[] learn() {
        int cases = training.cases();
        if (cases < ENOUGH_TO_COMPARE) {
            return learn(Strategy.LOGIT, training.all());
        }
        int folds = Math.clamp(2_000 / cases, 2, 10);
        List<double[]> values = new ArrayList<>();
        for (int i = 0; i < Strategy.values().length; i++) {
            values.add(new double[cases]);
        }
        for (int fold = 0; fold < folds; fold++) {
            int[] unseen = training.members(fold, folds, true);
            int[] seen = training.members(fold, folds, false);
            if (unseen.length == 0 || seen.length == 0) {
                continue;
            }
            for (Strategy strategy : Strategy.values()) {
                double[] each = training.ndcg(learn(strategy, seen), unseen, pool);
                for (int i = 0; i < unseen.length; i++) {
                    values.get(strategy.ordinal())[unseen[i]] = each[i];
                }
            }
        }
        Strategy best = Strategy.LOGIT;
        for (Strategy strategy : Strategy.values()) {
            best = clearlyBetter(values.get(strategy.ordinal()), values.get(best.ordinal())) ? strategy : best;
        }
        return learn(best, training.all());
    }

    /**
     * Returns whether one is better than the other by at least a standard error of the difference. A gain that chance
     * would give as well is no reason to leave the simpler strategy.
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

    private double[] learn(Strategy strategy, int[] members) {
        pause.run();
        return switch (strategy) {
            case LOGIT -> logit(members);
            case LOGIT_ASCENT -> new CoordinateAscent(training, members, signed, pool).from(logit(members));
            case SINGLE -> single(members);
            case SINGLE_ASCENT -> new CoordinateAscent(training, members, signed, pool).from(single(members));
        };
    }

    private double[] logit(int[] members) {
        double[] weights = MultinomialLogit.fit(training, members, prior, pool);
        for (int f = 0; f < weights.length; f++) {
            weights[f] = signed[f] ? weights[f] : Math.max(0, weights[f]);
        }
        return weights;
    }

    private double[] single(int[] members) {
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
