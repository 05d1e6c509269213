package org.opensearch.interest.core.geometry;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.vector.SymmetricMatrix;
import org.opensearch.interest.core.vector.Vectors;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Laws of a geometry that is fitted to few and to many items. */
class MomentEstimatorTest {
    private static final int DIMENSION = 12;

    private static List<float[]> cone(long seed, int size, int axis) {
        Random random = new Random(seed);
        List<float[]> vectors = new ArrayList<>();
        for (int v = 0; v < size; v++) {
            float[] vector = new float[DIMENSION];
            for (int i = 0; i < DIMENSION; i++) {
                vector[i] = (float) ((i == axis ? 3 : 0) + random.nextGaussian() / (1 + i % 3));
            }
            vectors.add(Vectors.unit(vector));
        }
        return vectors;
    }

    private static MomentEstimator sample(List<float[]> vectors) {
        MomentEstimator sample = new MomentEstimator(DIMENSION);
        vectors.forEach(sample::add);
        return sample;
    }

    private static Moments prior() {
        return Moments.of(cone(1, 300, 0), cone(2, 300, 1));
    }

    private static void assertClose(Moments expected, Moments actual, float tolerance) {
        assertArrayEquals(expected.itemMean(), actual.itemMean(), tolerance);
        assertArrayEquals(expected.textMean(), actual.textMean(), tolerance);
        for (int i = 0; i < DIMENSION; i++) {
            assertArrayEquals(expected.covariance().rows()[i], actual.covariance().rows()[i], tolerance);
        }
    }

    @Test
    void withNothingSeenItIsThePrior() {
        assertClose(prior(), new MomentEstimator(DIMENSION).shrunkTo(prior(), 500), 0);
    }

    @Test
    void withMuchSeenItIsTheSample() {
        List<float[]> items = cone(3, 5_000, 5);
        Moments own = Moments.of(items, items);
        Moments fitted = sample(items).shrunkTo(prior(), 0.01);
        assertArrayEquals(own.itemMean(), fitted.itemMean(), 1e-5f);
        for (int i = 0; i < DIMENSION; i++) {
            assertArrayEquals(own.covariance().rows()[i], fitted.covariance().rows()[i], 1e-5f);
        }
    }

    @Test
    void itIsTheSamplePooledWithThePriorsItems() {
        List<float[]> before = cone(4, 200, 0);
        List<float[]> items = cone(5, 70, 5);
        List<float[]> pooled = new ArrayList<>(before);
        pooled.addAll(items);
        Moments expected = Moments.of(pooled, pooled);
        assertClose(expected, sample(items).shrunkTo(Moments.of(before, before), 200), 1e-5f);
    }

    @Test
    void theMeanOfTextsMovesAsFarAsThatOfItems() {
        Moments prior = prior();
        Moments fitted = sample(cone(6, 100, 5)).shrunkTo(prior, 500);
        assertArrayEquals(
            Vectors.plusScaled(fitted.itemMean(), -1, prior.itemMean()),
            Vectors.plusScaled(fitted.textMean(), -1, prior.textMean()), 1e-6f
        );
    }

    @Test
    void everyFitIsACovariance() {
        for (int n : new int[]{ 0, 1, 2, 3, 11, 500 }) {
            for (double weight : new double[]{ 1, 500, 1e6 }) {
                MomentEstimator sample = sample(cone(n, n, n % DIMENSION));
                for (Moments moments : List.of(sample.shrunkTo(prior(), weight), sample.shrunkToIsotropic(weight))) {
                    SymmetricMatrix covariance = moments.covariance();
                    Random random = new Random(7);
                    for (int i = 0; i < 100; i++) {
                        float[] q = new float[DIMENSION];
                        for (int j = 0; j < DIMENSION; j++) {
                            q[j] = (float) random.nextGaussian();
                        }
                        assertTrue(Vectors.dot(q, covariance.times(q)) > -1e-6);
                    }
                    // as a node does when it loads the moments
                    Geometry.of(moments);
                }
            }
        }
    }

    @Test
    void theOrderOfItemsDoesNotMatter() {
        List<float[]> items = cone(8, 400, 2);
        Moments one = sample(items).shrunkTo(prior(), 500);
        assertClose(one, sample(items.reversed()).shrunkTo(prior(), 500), 1e-6f);
    }

    @Test
    void onlyTheDirectionOfAVectorCounts() {
        List<float[]> items = cone(9, 50, 2);
        List<float[]> longer = items.stream().map(item -> Vectors.scaled(item, 7)).toList();
        assertClose(sample(items).shrunkTo(prior(), 500), sample(longer).shrunkTo(prior(), 500), 1e-6f);
    }

    @Test
    void whatHasNoDirectionDoesNotCount() {
        MomentEstimator sample = sample(cone(10, 20, 2));
        float[] broken = new float[DIMENSION];
        sample.add(broken.clone());
        broken[3] = Float.NaN;
        sample.add(broken.clone());
        broken[3] = Float.POSITIVE_INFINITY;
        sample.add(broken.clone());
        sample.add(new float[]{ 1, 2 });
        assertEquals(20, sample.size());
        assertClose(sample(cone(10, 20, 2)).shrunkTo(prior(), 500), sample.shrunkTo(prior(), 500), 0);
    }

    @Test
    void threeItemsWithoutAPriorAreUsable() {
        List<float[]> items = cone(11, 3, 2);
        Moments moments = sample(items).shrunkToIsotropic(500);
        assertArrayEquals(Moments.of(items, items).itemMean(), moments.itemMean(), 1e-6f);
        Geometry geometry = Geometry.of(moments);
        for (float[] item : items) {
            float[] direction = geometry.direction(Vectors.plusScaled(item, -1, geometry.itemMean()));
            double own = Vectors.dot(direction, item) - geometry.bias(direction);
            assertTrue(own > 0 && own < 10, "its own item is nearest, and within a few deviations: " + own);
            for (float[] other : items) {
                assertTrue(Vectors.dot(direction, other) - geometry.bias(direction) <= own);
            }
        }
    }

    @Test
    void identicalVectorsAreUsable() {
        float[] same = cone(12, 1, 2).get(0);
        MomentEstimator sample = sample(List.of(same, same, same, same));
        for (Moments moments : List.of(sample.shrunkToIsotropic(500), sample.shrunkTo(prior(), 500))) {
            Geometry geometry = Geometry.of(moments);
            float[] direction = geometry.direction(cone(13, 1, 3).get(0));
            Vectors.requireDirection("direction", direction);
            assertTrue(Vectors.norm(direction) < 1_000);
        }
        assertArrayEquals(same, sample.shrunkToIsotropic(500).itemMean(), 1e-6f);
    }

    @Test
    void refusesAPriorOfAnotherDimension() {
        IllegalArgumentException e = assertThrows(
            IllegalArgumentException.class, () -> new MomentEstimator(3).shrunkTo(prior(), 500)
        );
        assertEquals("a sample of [3] dimensions and a prior of [12] with weight [500.0]", e.getMessage());
    }
}
