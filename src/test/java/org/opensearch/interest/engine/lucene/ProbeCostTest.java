package org.opensearch.interest.engine.lucene;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The cost estimates of strategy {@code auto}, compared with counts and measurements. */
class ProbeCostTest {
    /**
     * Rows of matches, vectors, k, and visited vectors, counted in walks over 384 dimensions. The counts do not depend
     * on the machine.
     */
    private static final double[][] WALKS = { { 10_000, 10_000, 100, 2_153 }, { 40_000, 40_000, 100, 3_154 },
        { 100_000, 100_000, 100, 3_844 }, { 10_000, 10_000, 300, 3_941 }, { 40_000, 40_000, 300, 6_462 },
        { 100_000, 100_000, 300, 7_654 }, { 20_000, 40_000, 100, 4_795 }, { 4_000, 40_000, 100, 13_466 } };

    @Test
    void foreseesHowManyVectorsAWalkVisits() {
        for (double[] walk : WALKS) {
            assertEquals(1.0, ProbeCost.visited((long) walk[0], (long) walk[1], (int) walk[2]) / walk[3], 0.25);
        }
    }

    @Test
    void whatIsQuickIsExact() {
        assertFalse(ProbeCost.pays(100_000, 100_000, 1, 1, 300));
        assertFalse(ProbeCost.pays(100_000, 100_000, 9, 9, 300));
    }

    @Test
    void whatWouldBeFeltIsProbed() {
        assertTrue(ProbeCost.pays(1_000_000, 1_000_000, 1, 1, 300));
        assertTrue(ProbeCost.pays(1_000_000, 1_000_000, 9, 10, 300));
        assertTrue(ProbeCost.pays(500_000, 1_000_000, 9, 10, 300));
    }

    @Test
    void fewMatchesAreScoredOneByOne() {
        assertFalse(ProbeCost.pays(1_000, 1_000_000, 9, 9, 300));
        assertFalse(ProbeCost.pays(100_000, 50_000_000, 9, 9, 300));
        assertFalse(ProbeCost.pays(0, 0, 1, 1, 1));
    }

    @Test
    void aWideViewOfASmallIndexDoesNotPay() {
        assertFalse(ProbeCost.pays(200_000, 200_000, 9, 9, 10_000));
    }

    @Test
    void moreToScoreNeverSpeaksAgainstProbingAllOfIt() {
        for (int probes = 1; probes < 10; probes++) {
            boolean paid = false;
            for (long size = 1_000; size < 1_000_000_000; size *= 2) {
                boolean pays = ProbeCost.pays(size, size, probes, probes, 300);
                assertTrue(pays || paid == false, size + " vectors, " + probes + " probes");
                paid = pays;
            }
            assertTrue(paid);
        }
    }
}
