package org.opensearch.interest.core.ranking;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.ranking.Diversity.TopicMix;
import org.opensearch.interest.core.vector.Vectors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Laws of diverse orders, checked on random hits from seeds. */
class DiversityLawsTest {
    private static final int ROUNDS = 300;
    private static final int DIMENSION = 6;

    private final Random random = new Random(11);

    private float[] unit() {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return Vectors.unit(vector);
    }

    private record Window(float[] relevance, List<float[]> vectors, TopicMix mix) {
        int[] order(double diversity) {
            return new Diversity(diversity).order(relevance, vectors, mix);
        }
    }

    private Window window() {
        int size = 1 + random.nextInt(30);
        int topics = random.nextInt(4);
        float[] relevance = new float[size];
        List<float[]> vectors = new ArrayList<>();
        double[][] about = new double[size][topics];
        for (int i = 0; i < size; i++) {
            relevance[i] = random.nextInt(5) == 0 ? 1f : random.nextFloat() * 20;
            vectors.add(random.nextInt(6) == 0 ? null : unit());
            if (topics > 0 && vectors.get(i) != null) {
                about[i][random.nextInt(topics)] = 1;
            }
        }
        Arrays.sort(relevance);
        for (int i = 0; i < size / 2; i++) {
            float low = relevance[i];
            relevance[i] = relevance[size - 1 - i];
            relevance[size - 1 - i] = low;
        }
        double[] wanted = new double[topics];
        Arrays.fill(wanted, topics == 0 ? 0 : 1.0 / topics);
        return new Window(relevance, vectors, new TopicMix(wanted, about));
    }

    @Test
    void isAPermutationAndTheSameEveryTime() {
        for (int round = 0; round < ROUNDS; round++) {
            Window window = window();
            double diversity = random.nextDouble();
            int[] order = window.order(diversity);
            assertArrayEquals(IntStream.range(0, order.length).toArray(), IntStream.of(order).sorted().toArray());
            assertArrayEquals(order, window.order(diversity));
        }
    }

    @Test
    void zeroChangesNothing() {
        for (int round = 0; round < ROUNDS; round++) {
            int[] order = window().order(0);
            assertArrayEquals(IntStream.range(0, order.length).toArray(), order);
        }
    }

    @Test
    void theMostRelevantStaysFirstWhereNoTopicsAreWanted() {
        for (int round = 0; round < ROUNDS; round++) {
            Window window = window();
            Window plain = new Window(window.relevance(), window.vectors(), TopicMix.none(window.relevance().length));
            assertEquals(0, plain.order(random.nextDouble() * 0.99)[0]);
        }
    }

    @Test
    void equalsKeepTheirOrder() {
        float[] same = unit();
        float[] relevance = new float[9];
        Arrays.fill(relevance, 3f);
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < relevance.length; i++) {
            vectors.add(same);
        }
        for (double diversity : new double[]{ 0.1, 0.5, 1 }) {
            int[] order = new Diversity(diversity).order(relevance, vectors, TopicMix.none(9));
            assertArrayEquals(IntStream.range(0, 9).toArray(), order);
        }
    }

    @Test
    void theScaleOfRelevanceDoesNotMatter() {
        for (int round = 0; round < ROUNDS; round++) {
            Window window = window();
            float[] scaled = window.relevance().clone();
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] *= 64;
            }
            double diversity = random.nextDouble();
            assertArrayEquals(
                window.order(diversity), new Window(scaled, window.vectors(), window.mix()).order(diversity)
            );
        }
    }

    /** Three similar hits and a different one, which comes second as soon as diversity counts. */
    @Test
    void theSecondIsNotTheFirstAgain() {
        float[] a = { 1, 0, 0 };
        float[] b = { 0, 1, 0 };
        int[] order = new Diversity(0.6).order(new float[]{ 4, 3.9f, 3.8f, 3 }, List.of(a, a, a, b), TopicMix.none(4));
        assertEquals(0, order[0]);
        assertEquals(3, order[1]);
    }

    /** Twelve hits of one topic come before twelve of another; the user's shares are two thirds and one third. */
    @Test
    void theFirstPageHoldsTheWantedShares() {
        int size = 24;
        float[] relevance = new float[size];
        List<float[]> vectors = new ArrayList<>();
        double[][] about = new double[size][2];
        for (int i = 0; i < size; i++) {
            relevance[i] = size - i;
            // all hits are equally similar, so only the topics change the order
            vectors.add(new float[]{ 1, 0 });
            about[i][i < size / 2 ? 0 : 1] = 1;
        }
        TopicMix mix = new TopicMix(new double[]{ 2 / 3.0, 1 / 3.0 }, about);
        long before = 0;
        for (double diversity : new double[]{ 0, 0.3, 0.6, 0.9, 1 }) {
            int[] order = new Diversity(diversity).order(relevance, vectors, mix);
            long ofSecond = IntStream.of(order).limit(9).filter(i -> i >= size / 2).count();
            assertTrue(ofSecond >= before, "more diversity, fewer of the second topic");
            before = ofSecond;
        }
        assertEquals(3, before);
    }

    @Test
    void miscalibrationLiesBetweenNothingAndAll() {
        TopicCalibration calibration = new TopicCalibration(new double[]{ 0.25, 0.75 });
        assertEquals(0, calibration.miscalibration(new double[]{ 1, 2 }, new double[]{ 0, 1 }, 4), 1e-9);
        assertEquals(0.99, calibration.miscalibration(new double[2], new double[2], 3), 1e-9);
        double some = calibration.miscalibration(new double[]{ 1, 0 }, new double[]{ 1, 0 }, 2);
        assertTrue(some > 0.1 && some < 0.99, "" + some);
    }

    @Test
    void whatAnItemIsAboutAddsUp() {
        PersonalFunction person = new PersonalFunction(
            new ScoringDirection(unit(), 0),
            List.of(new ScoringDirection(unit(), 0.1f), new ScoringDirection(unit(), 0)), 1f
        );
        for (int round = 0; round < ROUNDS; round++) {
            double[] about = person.about(person.dots(unit()));
            double sum = Arrays.stream(about).sum();
            assertTrue(sum == 0 || Math.abs(sum - 1) < 1e-9);
            assertTrue(Arrays.stream(about).allMatch(share -> share >= 0 && share <= 1));
        }
        double[] first = person.about(person.dots(Vectors.unit(person.topics().get(0).direction())));
        assertTrue(first[0] > 0);
    }

    @Test
    void fatigueHalvesAtOnceAndIsMadeUpFor() {
        RepeatDamping fatigue = new RepeatDamping(1_000);
        assertEquals(0.5, fatigue.factor(0), 0);
        assertEquals(0.5, fatigue.factor(-5), 0);
        assertEquals(0.75, fatigue.factor(1_000), 1e-12);
        assertEquals(1, fatigue.factor(1_000_000), 1e-12);
        for (int round = 0; round < ROUNDS; round++) {
            long age = random.nextInt(10_000);
            assertTrue(fatigue.factor(age) <= fatigue.factor(age + random.nextInt(1_000)));
        }
        assertEquals(0.7f, fatigue.damped(0.9f, 0), 1e-6);
        assertEquals(0.3f, fatigue.damped(0.3f, 0), 0, "what nothing speaks for does not tire");
        assertThrows(IllegalArgumentException.class, () -> new RepeatDamping(0));
    }

    @Test
    void refusesWhatIsNoDiversity() {
        for (double wrong : new double[]{ -0.1, 1.1, Double.NaN }) {
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> new Diversity(wrong));
            assertEquals("[diversity] must be a number in [0,1], but was [" + wrong + "]", e.getMessage());
        }
    }
}
