package org.opensearch.interest.core.experiment;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Intervals, held against published figures and against worlds whose truth is known. */
class IntervalLawsTest {
    @Test
    void wilsonAndNewcombeGiveThePublishedFigures() {
        // Newcombe 1998 (Statistics in Medicine 17:857 and 17:873), tables I and II
        Proportion rate = Proportion.wilson(81 / 263.0, 263);
        assertEquals(0.2553, rate.low(), 5e-5);
        assertEquals(0.3662, rate.high(), 5e-5);
        Proportion none = Proportion.wilson(0, 20);
        assertEquals(0, none.low(), 0);
        assertEquals(0.1611, none.high(), 5e-5);
        Proportion.Difference difference = Proportion.wilson(56 / 70.0, 70).minus(Proportion.wilson(48 / 80.0, 80));
        assertEquals(0.2, difference.value(), 1e-12);
        assertEquals(0.0524, difference.low(), 5e-5);
        assertEquals(0.3339, difference.high(), 5e-5);
    }

    @Test
    void usersOfOneTrialAreIndependentTrials() {
        UserRates rates = new UserRates();
        for (int user = 0; user < 1_000; user++) {
            rates.add(1, user % 4 == 0 ? 1 : 0);
        }
        assertEquals(1_000, rates.independentTrials(), 2);
        assertEquals(0.25, rates.rate().orElseThrow().value(), 0);
    }

    @Test
    void trialsOfOneUserThatAreAllAlikeCountOnce() {
        UserRates rates = new UserRates();
        for (int user = 0; user < 1_000; user++) {
            rates.add(50, user % 4 == 0 ? 50 : 0);
        }
        assertEquals(50_000, rates.trials());
        assertEquals(1_000, rates.independentTrials(), 2);
        UserRates unknownUser = new UserRates();
        unknownUser.add(500, 0);
        unknownUser.add(500, 0);
        assertEquals(2, unknownUser.independentTrials(), 0, "nothing is known of how alike they are");
        assertTrue(new UserRates().rate().isEmpty());
        assertThrows(IllegalArgumentException.class, () -> unknownUser.add(1, 2));
    }

    /**
     * Users of a taste and a patience of their own: some never click and some always do, and who sees more clicks less.
     */
    private static UserRates world(SplittableRandom random, double liking, int users) {
        UserRates rates = new UserRates();
        for (int user = 0; user < users; user++) {
            int shown = 1 + random.nextInt(60);
            double own = Math.pow(random.nextDouble(), 1 / liking) / (1 + shown / 60.0);
            int clicked = 0;
            for (int i = 0; i < shown; i++) {
                clicked += random.nextDouble() < own ? 1 : 0;
            }
            rates.add(shown, clicked);
        }
        return rates;
    }

    @Test
    void theTruthIsInNineteenOfTwentyIntervals() {
        SplittableRandom random = new SplittableRandom(17);
        double truth = world(random, 0.1, 2_000_000).rate().orElseThrow().value();
        int worlds = 2_000;
        int held = 0;
        int naive = 0;
        int sameFound = 0;
        int otherFound = 0;
        for (int i = 0; i < worlds; i++) {
            UserRates one = world(random, 0.1, 150);
            Proportion rate = one.rate().orElseThrow();
            held += rate.low() <= truth && truth <= rate.high() ? 1 : 0;
            Proportion byTrials = Proportion.wilson(rate.value(), (double) one.trials());
            naive += byTrials.low() <= truth && truth <= byTrials.high() ? 1 : 0;
            Proportion.Difference same = world(random, 0.1, 120).rate().orElseThrow().minus(rate);
            sameFound += same.low() > 0 || same.high() < 0 ? 1 : 0;
            Proportion.Difference other = world(random, 0.3, 150).rate().orElseThrow().minus(rate);
            otherFound += other.low() > 0 ? 1 : 0;
        }
        assertTrue(held > 0.93 * worlds && held < 0.98 * worlds, "held in " + held);
        assertTrue(naive < 0.6 * worlds, "by trials in " + naive);
        assertTrue(sameFound < 0.07 * worlds, "false alarms " + sameFound);
        assertTrue(otherFound > 0.95 * worlds, "found " + otherFound);
    }

    @Test
    void theSignTestIsExact() {
        assertEquals(1, new PairedPreference(0, 0, 7).p(), 0);
        assertEquals(1, new PairedPreference(5, 5, 0).p(), 0);
        // 2 · (1 + 10 + 45) / 1024
        assertEquals(112 / 1024.0, new PairedPreference(2, 8, 3).p(), 1e-12);
        assertEquals(112 / 1024.0, new PairedPreference(8, 2, 0).p(), 1e-12);
        assertEquals(2.0 / 1024, new PairedPreference(10, 0, 0).p(), 1e-12);
        // two standard deviations of a large sample
        double p = new PairedPreference(501_000, 499_000, 0).p();
        assertEquals(0.0456, p, 2e-4);
        assertEquals(0.8, new PairedPreference(8, 2, 5).share().orElseThrow().value(), 0);
        assertTrue(new PairedPreference(0, 0, 5).share().isEmpty());
        assertThrows(IllegalArgumentException.class, () -> new PairedPreference(-1, 0, 0));
    }
}
