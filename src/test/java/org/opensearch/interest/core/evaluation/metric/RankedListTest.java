package org.opensearch.interest.core.evaluation.metric;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Metrics on lists short enough to check by hand. */
class RankedListTest {
    private static final int[] FIVE = { 0, 1, 2, 3, 4 };

    private static double metric(Metric metric, double[] ranks, int candidates, int k) {
        return RankedList.measure(ranks, candidates, k)[metric.ordinal()];
    }

    @Test
    void itemsOfOneScoreGetTheMiddleOfTheirRanks() {
        float[] scores = { 3, 2, 2, 2, 1 };
        assertArrayEquals(new double[]{ 3 }, RankedList.ranks(scores, FIVE, new int[]{ 2 }), 0);
        assertArrayEquals(new double[]{ 1, 5 }, RankedList.ranks(scores, FIVE, new int[]{ 4, 0 }), 0);
        assertArrayEquals(
            new double[]{ 3 }, RankedList.ranks(new float[5], FIVE, new int[]{ 4 }), 0,
            "nothing known: the middle of all"
        );
        assertArrayEquals(
            new double[]{ 2.5 }, RankedList.ranks(new float[5], new int[]{ 0, 1, 2, 4 }, new int[]{ 4 }), 0,
            "of four, half a rank"
        );
    }

    @Test
    void onlyCandidatesCount() {
        assertArrayEquals(
            new double[]{ 2 }, RankedList.ranks(new float[]{ 9, 8, 7, 6, 5 }, new int[]{ 1, 3 }, new int[]{ 3 }), 0
        );
    }

    @Test
    void oneTargetAtRankThree() {
        double[] ranks = { 3 };
        assertEquals(1, metric(Metric.HIT_RATE, ranks, 5, 3), 0);
        assertEquals(0, metric(Metric.HIT_RATE, ranks, 5, 2), 0);
        assertEquals(0.5, metric(Metric.NDCG, ranks, 5, 3), 1e-12);
        assertEquals(1 / 3.0, metric(Metric.MRR, ranks, 5, 1), 1e-12);
        assertEquals(1 / 3.0, metric(Metric.PRECISION, ranks, 5, 3), 1e-12);
        assertEquals(1, metric(Metric.RECALL, ranks, 5, 3), 0);
        assertEquals(0.5, metric(Metric.F1, ranks, 5, 3), 1e-12);
        assertEquals(1 / 3.0, metric(Metric.MAP, ranks, 5, 3), 1e-12);
        assertEquals(0.5, metric(Metric.AUC, ranks, 5, 3), 1e-12, "two of four others are below");
    }

    @Test
    void twoTargetsAtRanksOneAndThreeOfFour() {
        double[] ranks = { 1, 3 };
        double ideal = 1 + 1 / (Math.log(3) / Math.log(2));
        assertEquals((1 + 0.5) / ideal, metric(Metric.NDCG, ranks, 4, 3), 1e-12);
        assertEquals((1 + 2 / 3.0) / 2, metric(Metric.MAP, ranks, 4, 3), 1e-12);
        assertEquals(2 / 3.0, metric(Metric.PRECISION, ranks, 4, 3), 1e-12);
        assertEquals(0.75, metric(Metric.AUC, ranks, 4, 3), 1e-12, "three of the four pairs are right");
        assertEquals(1, metric(Metric.NDCG, ranks, 4, 1), 1e-12, "cut to one, one target can be found");
        assertEquals(0.5, metric(Metric.RECALL, ranks, 4, 1), 1e-12);
    }

    @Test
    void targetsThatTieNeverBeatTheIdeal() {
        double[] ranks = RankedList.ranks(new float[]{ 1, 1, 0, 0, 0 }, FIVE, new int[]{ 0, 1 });
        assertArrayEquals(new double[]{ 1.5, 1.5 }, ranks, 0);
        assertTrue(metric(Metric.NDCG, ranks, 5, 2) <= 1);
        assertTrue(metric(Metric.MAP, ranks, 5, 2) <= 1);
    }

    @Test
    void theTopIsSortedAndBreaksTiesByItsSeed() {
        assertArrayEquals(new int[]{ 3, 1, 0 }, RankedList.top(new float[]{ 2, 3, 1, 4, 0 }, FIVE, 3, 7));
        assertEquals(2, RankedList.top(new float[5], new int[]{ 1, 4 }, 10, 7).length, "no more than there are");
        boolean differs = false;
        int[] first = RankedList.top(new float[5], FIVE, 2, 1);
        for (long seed = 2; seed < 20; seed++) {
            int[] other = RankedList.top(new float[5], FIVE, 2, seed);
            differs |= other[0] != first[0];
        }
        assertTrue(differs, "where all tie, no item is always first");
        assertArrayEquals(first, RankedList.top(new float[5], FIVE, 2, 1));
    }

    @Test
    void aListOfKHoldsNoMoreThanKOfManyEqualTargets() {
        int[] all = { 0, 1, 2, 3, 4, 5, 6 };
        double[] measured = RankedList.measure(RankedList.ranks(new float[7], all, all), 7, 4);
        assertEquals(4.0 / 7, measured[Metric.RECALL.ordinal()], 1e-9, "four of seven at rank four");
        assertEquals(1, measured[Metric.PRECISION.ordinal()], 1e-9);
        for (Metric metric : new Metric[]{ Metric.NDCG, Metric.MAP, Metric.F1, Metric.HIT_RATE }) {
            assertTrue(measured[metric.ordinal()] <= 1, metric + " " + measured[metric.ordinal()]);
        }
    }
}
