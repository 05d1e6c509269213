package org.opensearch.interest.core.evaluation.learning;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opensearch.interest.core.evaluation.data.Case;
import org.opensearch.interest.core.evaluation.data.Dataset;
import org.opensearch.interest.core.evaluation.data.DatasetBuilder;
import org.opensearch.interest.core.evaluation.method.BagOfWords;
import org.opensearch.interest.core.evaluation.method.DecayFunction;
import org.opensearch.interest.core.evaluation.method.ItemToItem;
import org.opensearch.interest.core.evaluation.method.PastItems;
import org.opensearch.interest.core.evaluation.method.Popularity;
import org.opensearch.interest.core.evaluation.method.ScoreCache;
import org.opensearch.interest.core.evaluation.method.Scorer;
import org.opensearch.interest.core.evaluation.method.WorkerPool;
import org.opensearch.interest.core.evaluation.metric.Bootstrap;
import org.opensearch.interest.core.evaluation.metric.ConfidenceInterval;
import org.opensearch.interest.core.evaluation.metric.Metric;
import org.opensearch.interest.core.evaluation.metric.RankedList;
import org.opensearch.interest.core.evaluation.report.Worlds;

import java.util.List;
import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Single scorers on data small enough to count by hand. */
class ScorersTest {
    private static final long DAY = Worlds.DAY;

    private static Dataset data() {
        DatasetBuilder builder = new DatasetBuilder();
        builder.item("a", "red shoes");
        builder.item("b", "blue shoes");
        builder.item("c", "green tea");
        builder.event("ann", "a", 1, true, 1 * DAY);
        builder.event("ann", "b", 1, true, 2 * DAY);
        builder.event("bob", "a", 1, true, 3 * DAY);
        builder.event("bob", "a", 1, true, 4 * DAY);
        builder.event("bob", "c", -1, false, 5 * DAY);
        return builder.build();
    }

    /** Returns the scores for bob after all events. */
    private static float[] ask(Scorer part) {
        Dataset data = data();
        for (int e = 0; e < data.events(); e++) {
            part.learn(e);
        }
        Case c = new Case(1, 6 * DAY, data.events(), 3, new int[]{ 1 }, null);
        return new ScoreCache(3, c).of(part);
    }

    @Test
    void popularityCountsEngagementsWithinItsWindow() {
        assertArrayEquals(new float[]{ 3, 1, 0 }, ask(new Popularity(data(), Long.MAX_VALUE)), 0);
        assertArrayEquals(
            new float[]{ 2, 0, 0 }, ask(new Popularity(data(), 3 * DAY)), 0,
            "the window ends before the moment and includes its start"
        );
        assertArrayEquals(new float[]{ 2, 1, 0 }, ask(new Popularity(data(), 4 * DAY)), 0);
    }

    @Test
    void pastItemsFade() {
        assertArrayEquals(new float[]{ 2, 0, 0 }, ask(new PastItems(data(), Double.POSITIVE_INFINITY)), 0);
        assertArrayEquals(
            new float[]{ 0.375f, 0, 0 }, ask(new PastItems(data(), DAY)), 1e-6f, "three and two days of half-life one"
        );
    }

    @Test
    void coEngagementIsACosineOverUsers() {
        // a has two users, b one, both one: 1/√(2·1), from bob's one item a
        assertArrayEquals(
            new float[]{ 0, (float) Math.sqrt(0.5), 0 }, ask(new ItemToItem(data(), DecayFunction.NEVER)), 1e-6f
        );
    }

    @ParameterizedTest
    @EnumSource
    void wordsInCommonCount(BagOfWords.Weighting weighting) {
        float[] scores = ask(
            new BagOfWords(data(), new BagOfWords.Index(data().texts(), weighting), DecayFunction.NEVER)
        );
        assertTrue(scores[0] > scores[1] && scores[1] > scores[2], weighting.name());
        assertEquals(0, scores[2], 0, weighting.name());
    }

    @Test
    void theMostLikelyWeightsAreFoundWhereTheyAreKnown() {
        // one feature f = (0, 1); users engage with the second item three times of four: w = ln 3, but for the ridge
        float[][][] features = new float[4][][];
        int[][] targets = { { 1 }, { 1 }, { 1 }, { 0 } };
        for (int i = 0; i < 4; i++) {
            features[i] = new float[][]{ { 0, 1 } };
        }
        TrainingSet training = new TrainingSet(features, targets, new int[4], 10);
        int[] often = java.util.stream.IntStream.range(0, 40_000).map(i -> i % 4).toArray();
        assertEquals(Math.log(3), MultinomialLogit.fit(training, often, new double[1], new WorkerPool(1))[0], 0.01);
        assertEquals(
            2, MultinomialLogit.fit(training, new int[]{ 0 }, new double[]{ 2 }, new WorkerPool(1))[0], 0.1,
            "few cases move the usual weight little"
        );
    }

    @Test
    void intervalsHoldTheMeanAndPairsTheirDifference() {
        List<Case> cases = java.util.stream.IntStream.range(0, 400)
            .mapToObj(u -> new Case(u, 0, 0, 1, new int[]{ 0 }, null))
            .toList();
        double[] values = new double[400];
        double[] better = new double[400];
        java.util.SplittableRandom random = new java.util.SplittableRandom(2);
        for (int i = 0; i < 400; i++) {
            values[i] = random.nextDouble();
            better[i] = values[i] + 0.01;
        }
        Bootstrap bootstrap = new Bootstrap(cases, 3);
        ConfidenceInterval mean = bootstrap.mean(values);
        assertTrue(mean.low() < mean.value() && mean.value() < mean.high(), mean.toString());
        // 1.96 · √(1/12)/√400 = 0.028
        assertEquals(0.057, mean.high() - mean.low(), 0.01);
        ConfidenceInterval difference = bootstrap.difference(better, values);
        assertEquals(0.01, difference.low(), 1e-9, "pairs differ by the same everywhere");
        assertEquals(mean, new Bootstrap(cases, 3).mean(values));
    }

    /** Two ways to the same figure: the quick one of the training set, and the one that reports use. */
    @Test
    void lessonsMeasureAsReportsDo() {
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 2_000; round++) {
            int items = 1 + random.nextInt(60);
            int k = 1 + random.nextInt(12);
            float[] scores = new float[items];
            for (int i = 0; i < items; i++) {
                // few different scores, so that many are equal
                scores[i] = round % 2 == 0 ? random.nextInt(5) : (float) random.nextGaussian();
            }
            int[] targets = random.ints(1 + random.nextInt(20), 0, items).distinct().sorted().toArray();
            int[] all = java.util.stream.IntStream.range(0, items).toArray();
            double expected = RankedList.measure(RankedList.ranks(scores, all, targets), items, k)[Metric.NDCG
                .ordinal()];
            assertEquals(
                expected, new TrainingSet(new float[1][][], new int[1][], new int[1], k).ndcg(scores, targets), 1e-9,
                "round " + round
            );
        }
    }
}
