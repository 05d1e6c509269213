package org.opensearch.interest.core.ranking;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Laws of the blend, checked on random scores from seeds. */
class RelevanceBlendLawsTest {
    private static final int ROUNDS = 5_000;

    private final Random random = new Random(7);

    @Test
    void weightZeroIsRelevanceBitForBit() {
        for (int i = 0; i < ROUNDS; i++) {
            float relevance = relevance();
            float blended = blend(0f).combine(relevance, random.nextFloat());
            assertEquals(Float.floatToRawIntBits(relevance), Float.floatToRawIntBits(blended));
        }
    }

    @Test
    void weightOneIsInterest() {
        for (int i = 0; i < ROUNDS; i++) {
            float interest = random.nextFloat();
            assertEquals(interest, blend(1f).combine(relevance(), interest), 0f);
        }
    }

    @Test
    void growsWithBothParts() {
        for (int i = 0; i < ROUNDS; i++) {
            RelevanceBlend blend = blend(random.nextFloat());
            float relevance = relevance();
            float interest = random.nextFloat();
            float score = blend.combine(relevance, interest);
            assertTrue(blend.combine(relevance * (1 + random.nextFloat()), interest) >= score);
            assertTrue(blend.combine(relevance, interest + (1 - interest) * random.nextFloat()) >= score);
            assertTrue(score >= 0 && Float.isFinite(score), "score " + score);
        }
    }

    @Test
    void anotherInterestChangesTheScoreAsIfItHadBeenThatFromTheStart() {
        for (int i = 0; i < ROUNDS; i++) {
            RelevanceBlend.Form form = RelevanceBlend.Form.values()[i % 3];
            RelevanceBlend blend = new RelevanceBlend(
                form, 0.9f * random.nextFloat(), form == RelevanceBlend.Form.SATURATION ? 5f : null
            );
            float relevance = 0.01f + 20 * random.nextFloat();
            float interest = 0.05f + 0.9f * random.nextFloat();
            float other = 0.05f + 0.9f * random.nextFloat();
            float expected = blend.combine(relevance, other);
            assertEquals(
                expected, blend.changed(blend.combine(relevance, interest), interest, other),
                1e-4f * Math.max(1, expected)
            );
        }
        assertEquals(0.7f, new RelevanceBlend(1f).changed(0.3f, 0.3f, 0.7f), 0f);
        assertEquals(3f, new RelevanceBlend(0f).changed(3f, 0.3f, 0.7f), 0f);
    }

    @Test
    void theScaleOfRelevanceDoesNotChangeTheOrder() {
        for (int i = 0; i < ROUNDS; i++) {
            RelevanceBlend blend = new RelevanceBlend(random.nextFloat());
            float a = 1 + random.nextFloat() * 10;
            float b = 1 + random.nextFloat() * 10;
            float interestOfA = random.nextFloat();
            float interestOfB = random.nextFloat();
            double before = blend.combine(a, interestOfA) - blend.combine(b, interestOfB);
            double after = blend.combine(64 * a, interestOfA) - blend.combine(64 * b, interestOfB);
            assertTrue(Math.abs(before) < 1e-5 || Math.signum(before) == Math.signum(after));
        }
    }

    @ParameterizedTest
    @EnumSource
    void interestStillOrdersWhatHasNoRelevance(RelevanceBlend.Form form) {
        RelevanceBlend blend = new RelevanceBlend(form, 0.3f, form == RelevanceBlend.Form.SATURATION ? 5f : null);
        assertTrue(blend.combine(0f, 0.9f) > blend.combine(0f, 0.1f));
    }

    @Test
    void multiplicativeIsTheGeometricOrderOnRelevancesScale() {
        for (int i = 0; i < ROUNDS; i++) {
            float weight = 0.95f * random.nextFloat();
            RelevanceBlend geometric = new RelevanceBlend(weight);
            RelevanceBlend multiplicative = new RelevanceBlend(RelevanceBlend.Form.MULTIPLICATIVE, weight, null);
            float a = relevance();
            float b = relevance();
            float interestOfA = random.nextFloat();
            float interestOfB = random.nextFloat();
            double one = Math.log(geometric.combine(a, interestOfA) / geometric.combine(b, interestOfB));
            double other = multiplicative.combine(a, interestOfA) - multiplicative.combine(b, interestOfB);
            assertTrue(Math.abs(one) < 1e-5 || Math.signum(one) == Math.signum(other));
            assertEquals(
                a, multiplicative.combine(a, InterestFunction.NEUTRAL), 1e-6f, "a neutral item keeps its relevance"
            );
        }
    }

    @Test
    void saturationGivesEachPartItsShare() {
        RelevanceBlend blend = new RelevanceBlend(RelevanceBlend.Form.SATURATION, 0.25f, 5f);
        assertEquals(0.75f * 0.5f + 0.25f * 0.8f, blend.combine(5f, 0.8f), 1e-6f);
        for (int i = 0; i < ROUNDS; i++) {
            float score = blend.combine(relevance(), random.nextFloat());
            assertTrue(score >= 0f && score <= 1f);
        }
    }

    @Test
    void refusesPivotsThatAreNone() {
        for (Float pivot : new Float[]{ 0f, -1f, Float.NaN, Float.POSITIVE_INFINITY, null }) {
            assertThrows(
                IllegalArgumentException.class, () -> new RelevanceBlend(RelevanceBlend.Form.SATURATION, 0.5f, pivot)
            );
        }
        assertThrows(IllegalArgumentException.class, () -> new RelevanceBlend(RelevanceBlend.Form.GEOMETRIC, 0.5f, 1f));
    }

    @Test
    void refusesOtherWeights() {
        for (float weight : new float[]{ -0.1f, 1.1f, Float.NaN, Float.POSITIVE_INFINITY }) {
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> new RelevanceBlend(weight));
            assertEquals("[weight] must be a number in [0,1], but was [" + weight + "]", e.getMessage());
        }
    }

    private RelevanceBlend blend(float weight) {
        RelevanceBlend.Form form = RelevanceBlend.Form.values()[random.nextInt(3)];
        return new RelevanceBlend(
            form, weight, form == RelevanceBlend.Form.SATURATION ? 0.1f + 10 * random.nextFloat() : null
        );
    }

    private float relevance() {
        return random.nextInt(20) == 0 ? 0f : (float) Math.exp(3 * random.nextGaussian());
    }
}
