package org.opensearch.interest.core.ranking;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.vector.Vectors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Laws of interest functions, checked on random functions and items from seeds. */
class InterestFunctionLawsTest {
    private static final int ROUNDS = 2_000;

    private final Random random = new Random(42);

    @Test
    void scoresLieBetweenZeroAndOne() {
        for (int i = 0; i < ROUNDS; i++) {
            InterestFunction function = anyFunction();
            float score = function.score(anyDots(function));
            assertTrue(score >= 0f && score <= 1f, "score " + score);
        }
    }

    @Test
    void severalItemsAtOnceScoreAsEachDoesAlone() {
        for (int i = 0; i < ROUNDS; i++) {
            InterestFunction function = random.nextBoolean() ? anyFunction() : averse(personal(random.nextInt(9)));
            int size = random.nextInt(20);
            float[][] dots = new float[function.directions().size()][size + random.nextInt(3)];
            float[] expected = new float[size + 1];
            float[] scores = new float[size + 1];
            float[] boosts = new float[size];
            // numbers beyond the items are neither read nor changed
            expected[size] = scores[size] = -7f;
            for (int n = 0; n < size; n++) {
                float[] one = anyDots(function);
                for (int d = 0; d < one.length; d++) {
                    dots[d][n] = one[d];
                }
                boosts[n] = random.nextBoolean() ? 0f : 3 * random.nextFloat();
                expected[n] = function.score(one, boosts[n]);
            }
            function.scores(dots, boosts, size, scores);
            assertArrayEquals(expected, scores, 0f, function.toString());
        }
    }

    @Test
    void scoresGrowWithEveryDotProduct() {
        for (int i = 0; i < ROUNDS; i++) {
            InterestFunction function = anyFunction();
            float[] dots = anyDots(function);
            float before = function.score(dots);
            dots[random.nextInt(dots.length)] += random.nextFloat();
            assertTrue(function.score(dots) >= before);
        }
    }

    @Test
    void withoutConfidenceEveryItemIsNeutral() {
        for (int i = 0; i < ROUNDS; i++) {
            PersonalFunction any = personal(random.nextInt(9));
            PersonalFunction unsure = new PersonalFunction(any.dynamic(), any.topics(), 0f);
            assertEquals(InterestFunction.NEUTRAL, unsure.score(anyDots(unsure)), 0f);
        }
    }

    @Test
    void confidenceDrawsAwayFromNeutralAndNeverAcrossIt() {
        for (int i = 0; i < ROUNDS; i++) {
            PersonalFunction any = personal(random.nextInt(9));
            float[] dots = anyDots(any);
            float less = new PersonalFunction(any.dynamic(), any.topics(), 0.3f).score(dots) - 0.5f;
            float more = new PersonalFunction(any.dynamic(), any.topics(), 0.9f).score(dots) - 0.5f;
            assertTrue(Math.abs(more) >= Math.abs(less));
            assertTrue(less * more >= 0);
        }
    }

    @Test
    void theCataloguesAverageItemIsNeutral() {
        PersonalFunction function = new PersonalFunction(
            new ScoringDirection(new float[]{ 1, 0 }, 0.25f), List.of(), 1f
        );
        assertEquals(0.5f, function.score(new float[]{ 0.25f }), 0f);
    }

    @Test
    void theBestMixtureOfTopicsSpeaks() {
        ScoringDirection dynamic = new ScoringDirection(new float[]{ 1, 0 }, 0f);
        ScoringDirection biased = new ScoringDirection(new float[]{ 0, 1 }, 5f);
        PersonalFunction function = new PersonalFunction(dynamic, List.of(biased, dynamic, dynamic), 1f);
        assertEquals(4f, function.mixture(new float[]{ 0, 9, -1, 0 }), 1e-6f, "one alone");
        assertEquals(5f, function.mixture(new float[]{ 0, 1, 3, 4 }), 1e-6f, "more than either where two fit");
        assertEquals(-1f, function.mixture(new float[]{ 0, 0, -1, -2 }), 1e-6f, "the least bad where none fits");
        assertEquals(2, function.bestTopic(new float[]{ 0, 9, 3, 7 }));
        assertEquals(1, function.bestTopic(new float[]{ 0, 1, 1, 1 }), "the first of equals");
        assertEquals(-1, new PersonalFunction(dynamic, List.of(), 1f).bestTopic(new float[]{ 1 }));
    }

    @Test
    void aTopicSpeaksByItsShare() {
        float[] east = { 1, 0 };
        ScoringDirection dynamic = new ScoringDirection(east, 0f);
        PersonalFunction function = new PersonalFunction(
            dynamic, List.of(new ScoringDirection(east, 0f, 0.8f), new ScoringDirection(east, 0f, 0.2f)), 1f
        );
        float[] dots = { 1, 5, 8 };
        assertEquals(Math.sqrt(32.8), function.mixture(dots), 1e-6, "√(0.8 · 25 + 0.2 · 64)");
        assertEquals(
            (1 + Math.sqrt(32.8)) / 2, function.interest(dots), 1e-6, "half the dynamic interest, half the topics"
        );
        assertEquals(0, function.bestTopic(dots), "what adds most speaks, not what is nearest");
        assertEquals(64 / 89.0, function.about(dots)[1], 1e-9, "what the item is about is no matter of the user");
        assertEquals(-1f, function.mixture(new float[]{ 0, -2, -1 }), 0f, "below the average the nearest speaks");
        assertEquals(1, function.bestTopic(new float[]{ 0, -2, -1 }));
    }

    @Test
    void theMixtureIsContinuousAndFallsWithNoTopic() {
        for (int i = 0; i < ROUNDS; i++) {
            PersonalFunction function = personal(1 + random.nextInt(8));
            float[] dots = new float[function.directions().size()];
            for (int d = 1; d < dots.length; d++) {
                // around each topic's average item, where the mixture changes from one formula to the other
                dots[d] = function.topics().get(d - 1).bias() + (float) (0.01 * random.nextGaussian());
            }
            float before = function.mixture(dots);
            float step = 1e-4f;
            dots[1 + random.nextInt(dots.length - 1)] += step;
            float after = function.mixture(dots);
            assertTrue(after >= before, after + " < " + before);
            assertTrue(after - before <= 1.01 * step + 1e-6, "no step: " + before + " to " + after);
        }
    }

    @Test
    void topicsOfComparableMassSpeakAlikeAndShareWhatTheySay() {
        assertArrayEquals(new float[]{ 0.4f, 0.4f, 0.2f }, TopicWeights.of(8, 4, 2), 1e-6f);
        assertArrayEquals(new float[]{ 1f }, TopicWeights.of(1e-300), 0f);
        assertEquals(0, TopicWeights.of().length);
        for (int i = 0; i < ROUNDS; i++) {
            double[] masses = random.doubles(1 + random.nextInt(12)).map(u -> Math.pow(10, 20 * u - 10)).toArray();
            double largest = Arrays.stream(masses).max().orElseThrow();
            float[] shares = TopicWeights.of(masses);
            double sum = 0;
            float most = 0;
            for (float share : shares) {
                assertTrue(share > 0 && share <= 1);
                most = Math.max(most, share);
                sum += share;
            }
            assertEquals(1, sum, 1e-5);
            for (int k = 0; k < shares.length; k++) {
                assertEquals(Math.min(1, masses[k] / largest / 0.5), shares[k] / most, 1e-5);
            }
        }
        String told = assertThrows(IllegalArgumentException.class, () -> TopicWeights.of(1, 0)).getMessage();
        assertEquals("a topic's mass must be finite and above 0, but is [0.0]", told);
        told = assertThrows(IllegalArgumentException.class, () -> new ScoringDirection(new float[]{ 1 }, 0f, 0f))
            .getMessage();
        assertEquals("share must be in (0,1], but is [0.0]", told);
    }

    @Test
    void contributionsAddUpToTheScore() {
        for (int i = 0; i < ROUNDS; i++) {
            PersonalFunction any = personal(random.nextInt(9));
            List<NegativeTopic> negativeTopics = new ArrayList<>();
            for (int n = random.nextInt(5); n > 0; n--) {
                negativeTopics.add(new NegativeTopic(new ScoringDirection(anyVector(), 0.3f), 2f, random.nextFloat()));
            }
            PersonalFunction function = new PersonalFunction(
                any.dynamic(), any.topics(), negativeTopics, any.confidence()
            );
            float[] dots = new float[function.directions().size()];
            for (int d = 0; d < dots.length; d++) {
                dots[d] = (float) (5 * random.nextGaussian());
            }
            double sum = InterestFunction.NEUTRAL;
            float[] boosts = Arrays.copyOf(function.contributions(dots, ItemBoost.NONE), dots.length);
            for (float part : boosts) {
                sum += part;
            }
            assertEquals(function.score(dots), sum, 1e-5);
            int deciding = 0;
            for (int a = boosts.length - negativeTopics.size(); a < boosts.length; a++) {
                assertTrue(boosts[a] <= 0f, "what was turned down never speaks for an item");
                deciding += boosts[a] < 0f ? 1 : 0;
            }
            assertTrue(deciding <= 1, "one alone decides");
        }
    }

    @Test
    void partsAddToTheScoreAndAddUpToIt() {
        for (int i = 0; i < ROUNDS; i++) {
            float content = 2 * random.nextFloat();
            PersonalFunction any = personal(random.nextInt(9)).with(ItemBoosts.of(content, Map.of()));
            float[] dots = new float[any.directions().size()];
            for (int d = 0; d < dots.length; d++) {
                dots[d] = (float) (5 * random.nextGaussian());
            }
            float[] seen = random.nextInt(4) == 0 ? null : dots;
            ItemBoost item = new ItemBoost(3 * random.nextFloat(), random.nextInt(2), random.nextFloat(), "p1");
            float score = any.score(seen, item.sum());
            assertTrue(score > 0 && score < 1);
            assertTrue(score >= any.score(seen, 0), "more speaks for it");
            assertTrue(score >= any.score(seen, item.related()));
            double sum = InterestFunction.NEUTRAL;
            float[] boosts = any.contributions(seen, item);
            assertEquals(dots.length + 3, boosts.length);
            for (float part : boosts) {
                sum += part;
            }
            assertEquals(score, sum, 1e-5);
            assertTrue(
                boosts[dots.length] > 0 == item.related() > 0 && boosts[dots.length + 1] > 0 == item.popular() > 0
            );
        }
        PersonalFunction plain = personal(3);
        float[] dots = plain.dots(Vectors.unit(anyVector()));
        assertEquals(
            plain.score(dots), plain.with(ItemBoosts.NONE).score(dots, 0f), 0, "content of weight 1 is what it was"
        );
        assertEquals(InterestFunction.NEUTRAL, plain.score(null, 0f), 0, "of nothing known");
        assertEquals(
            InterestFunction.NEUTRAL, SimilarityFunction.to(anyVector()).score(null, 5f), 0,
            "a vector alone knows no parts"
        );
    }

    @Test
    void similarityIsTheScoreOfKNN() {
        SimilarityFunction function = SimilarityFunction.to(new float[]{ 3, 4 });
        assertEquals(1f, function.score(new float[]{ 1f }), 0f);
        assertEquals(0.5f, function.score(new float[]{ 0f }), 0f);
        assertEquals(0f, function.score(new float[]{ -1f }), 0f);
    }

    @Test
    void equalityIsByContent() {
        float[] direction = { 0.6f, 0.8f };
        assertEquals(new SimilarityFunction(direction), new SimilarityFunction(direction.clone()));
        assertEquals(
            new SimilarityFunction(direction).hashCode(), new SimilarityFunction(direction.clone()).hashCode()
        );
        assertNotEquals(new SimilarityFunction(direction), new SimilarityFunction(new float[]{ 0.8f, 0.6f }));

        ScoringDirection probe = new ScoringDirection(direction, 0.1f);
        assertEquals(probe, new ScoringDirection(direction.clone(), 0.1f));
        assertEquals(probe.hashCode(), new ScoringDirection(direction.clone(), 0.1f).hashCode());
        assertNotEquals(probe, new ScoringDirection(direction, 0.2f));
        assertNotEquals(probe, new ScoringDirection(direction, 0.1f, 0.5f));
        assertEquals(
            new PersonalFunction(probe, List.of(probe), 0.5f),
            new PersonalFunction(
                new ScoringDirection(direction.clone(), 0.1f), List.of(new ScoringDirection(direction.clone(), 0.1f)),
                0.5f
            )
        );
    }

    private InterestFunction anyFunction() {
        return random.nextBoolean() ? SimilarityFunction.to(anyVector()) : personal(random.nextInt(9));
    }

    private PersonalFunction personal(int topics) {
        List<ScoringDirection> probes = new ArrayList<>();
        for (int i = 0; i < topics; i++) {
            probes.add(new ScoringDirection(anyVector(), (float) random.nextGaussian(), 1f - random.nextFloat()));
        }
        return new PersonalFunction(
            new ScoringDirection(anyVector(), (float) random.nextGaussian()), probes, random.nextFloat()
        );
    }

    private PersonalFunction averse(PersonalFunction any) {
        List<NegativeTopic> negativeTopics = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            ScoringDirection probe = new ScoringDirection(anyVector(), (float) random.nextGaussian());
            negativeTopics.add(new NegativeTopic(probe, 0.1f + random.nextFloat(), random.nextFloat()));
        }
        ItemBoosts boosts = ItemBoosts.of(2 * random.nextFloat(), Map.of());
        return new PersonalFunction(any.dynamic(), any.topics(), negativeTopics, any.confidence(), boosts);
    }

    private float[] anyVector() {
        float[] vector = new float[8];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (10 * random.nextGaussian());
        }
        return vector;
    }

    private float[] anyDots(InterestFunction function) {
        float[] dots = new float[function.directions().size()];
        for (int i = 0; i < dots.length; i++) {
            dots[i] = (float) (random.nextInt(4) == 0 ? 1e6 * random.nextGaussian() : random.nextGaussian());
        }
        return dots;
    }
}
