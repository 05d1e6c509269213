package org.opensearch.interest.core.ranking;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Laws of blends over a whole page, checked on random scores from seeds. */
class WindowBlendLawsTest {
    private static final int ROUNDS = 2_000;

    private final Random random = new Random(11);

    @ParameterizedTest
    @EnumSource
    void scoresLieBetweenZeroAndOne(WindowBlend blend) {
        for (int round = 0; round < ROUNDS; round++) {
            int size = random.nextInt(30);
            for (float score : blend.combine(relevance(size), interest(size), random.nextFloat())) {
                assertTrue(score >= 0f && score <= 1f, blend + " " + score);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theEndsOfTheWeightAreTheOrdersOfTheParts(WindowBlend blend) {
        for (int round = 0; round < ROUNDS; round++) {
            int size = 2 + random.nextInt(30);
            float[] relevance = relevance(size);
            float[] interest = interest(size);
            assertSameOrder(relevance, blend.combine(relevance, interest, 0f));
            assertSameOrder(interest, blend.combine(relevance, interest, 1f));
        }
    }

    private static void assertSameOrder(float[] expected, float[] actual) {
        for (int i = 0; i < expected.length; i++) {
            for (int j = 0; j < i; j++) {
                // differences below a float's precision, relative to the page's range, become equal
                if (expected[i] == expected[j]) {
                    assertEquals(actual[i], actual[j], 0f);
                } else if (expected[i] > expected[j]) {
                    assertTrue(actual[i] >= actual[j]);
                } else {
                    assertTrue(actual[i] <= actual[j]);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoIsBetterInBothPartsIsNeverBelow(WindowBlend blend) {
        for (int round = 0; round < ROUNDS; round++) {
            int size = 2 + random.nextInt(30);
            float[] relevance = relevance(size);
            float[] interest = interest(size);
            float[] scores = blend.combine(relevance, interest, random.nextFloat());
            for (int i = 1; i < size; i++) {
                if (relevance[i] >= relevance[i - 1] && interest[i] >= interest[i - 1]) {
                    assertTrue(scores[i] >= scores[i - 1]);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoGainsInOnePartPassesAndIsNotPassed(WindowBlend blend) {
        for (int round = 0; round < ROUNDS; round++) {
            int size = 2 + random.nextInt(30);
            float[] relevance = relevance(size);
            float[] interest = interest(size);
            float weight = random.nextFloat();
            float[] before = blend.combine(relevance, interest, weight);
            int winner = random.nextInt(size);
            interest[winner] += (1 - interest[winner]) * random.nextFloat();
            float[] after = blend.combine(relevance, interest, weight);
            for (int i = 0; i < size; i++) {
                if (before[winner] > before[i] + 1e-6f) {
                    assertTrue(after[winner] > after[i] - 1e-6f, blend + ": " + before[winner] + " " + before[i]);
                }
            }
        }
    }

    @Test
    void workedExamples() {
        float[] relevance = { 12f, 7f, 7f, 2f };
        float[] interest = { 0.2f, 0.8f, 0.6f, 0.8f };
        // scaled: 1, .5, .5, 0 and 0, 1, .6667, 1
        assertArrayEquals(
            new float[]{ 0.75f, 0.625f, 0.5416667f, 0.25f }, WindowBlend.MIN_MAX.combine(relevance, interest, 0.25f),
            1e-6f
        );
        // ranks 1, 2, 2, 4 and 4, 1, 3, 1
        float[] half = { (1 + 61f / 64) / 2, (61f / 62 + 1) / 2, (61f / 62 + 61f / 63) / 2, (61f / 64 + 1) / 2 };
        assertArrayEquals(half, WindowBlend.RRF.combine(relevance, interest, 0.5f), 1e-6f);
        assertArrayEquals(
            new float[]{ 0.5f, 0.5f },
            WindowBlend.MIN_MAX.combine(new float[]{ 3, 3 }, new float[]{ 0.5f, 0.5f }, 0.3f), 0f
        );
        assertEquals(0, WindowBlend.RRF.combine(new float[0], new float[0], 0.3f).length);
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertEquals(
            "[2] relevances beside [1] interests",
            assertThrows(
                IllegalArgumentException.class, () -> WindowBlend.RRF.combine(new float[2], new float[1], 0.5f)
            ).getMessage()
        );
        assertEquals(
            "[weight] must be a number in [0,1], but was [NaN]",
            assertThrows(
                IllegalArgumentException.class, () -> WindowBlend.MIN_MAX.combine(new float[1], new float[1], Float.NaN)
            ).getMessage()
        );
    }

    private float[] relevance(int size) {
        float[] relevance = new float[size];
        for (int i = 0; i < size; i++) {
            relevance[i] = random.nextInt(6) == 0 ? 1f : (float) Math.exp(2 * random.nextGaussian());
        }
        return relevance;
    }

    private float[] interest(int size) {
        float[] interest = new float[size];
        for (int i = 0; i < size; i++) {
            interest[i] = random.nextInt(6) == 0 ? 0.5f : random.nextFloat();
        }
        return interest;
    }
}
