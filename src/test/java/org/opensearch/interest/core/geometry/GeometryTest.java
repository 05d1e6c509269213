package org.opensearch.interest.core.geometry;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.vector.SymmetricMatrix;
import org.opensearch.interest.core.vector.Vectors;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class GeometryTest {
    private static final int DIMENSION = 16;

    /** Unit vectors in a narrow cone around (1,1,1,…), with some directions varying more than others. */
    private static List<float[]> cone(Random random, int size, double tilt) {
        List<float[]> vectors = new ArrayList<>();
        for (int v = 0; v < size; v++) {
            float[] vector = new float[DIMENSION];
            for (int i = 0; i < DIMENSION; i++) {
                vector[i] = (float) (1 + tilt * (i % 2) + random.nextGaussian() / (1 + i % 4));
            }
            vectors.add(Vectors.unit(vector));
        }
        return vectors;
    }

    private static Moments moments(long seed) {
        Random random = new Random(seed);
        return Moments.of(cone(random, 400, 0), cone(random, 100, 0.5));
    }

    @Test
    void theInverseIsOne() {
        SymmetricMatrix covariance = moments(1).covariance();
        double ridge = 0.001 * covariance.largestEigenvalue();
        SymmetricMatrix inverse = covariance.inverse(ridge);
        for (int i = 0; i < DIMENSION; i++) {
            float[] axis = new float[DIMENSION];
            axis[i] = 1;
            float[] back = Vectors.plusScaled(covariance.times(inverse.times(axis)), ridge, inverse.times(axis));
            assertArrayEquals(axis, back, 1e-3f);
        }
    }

    @Test
    void aDirectionIsTheSumOfWhatItsEvidenceAdds() {
        Random random = new Random(11);
        Geometry geometry = Geometry.of(moments(3));
        for (int round = 0; round < 50; round++) {
            List<float[]> parts = cone(random, 4, 0.3).stream()
                .map(x -> Vectors.plusScaled(x, -1, geometry.itemMean()))
                .toList();
            float[] whole = new float[DIMENSION];
            for (float[] part : parts) {
                whole = Vectors.plusScaled(whole, 1, part);
            }
            float[] target = Vectors.plusScaled(cone(random, 1, 0).get(0), -1, geometry.itemMean());
            float[] seen = geometry.attributionVector(whole, target);
            double z = Vectors.dot(geometry.direction(whole), target);
            assertEquals(z, Vectors.dot(whole, seen), 1e-3);
            assertEquals(z, parts.stream().mapToDouble(part -> Vectors.dot(part, seen)).sum(), 1e-3);
        }
    }

    @Test
    void alongADirectionTheCatalogueHasMeanZeroAndVarianceOne() {
        Random random = new Random(4);
        List<float[]> items = cone(random, 400, 0);
        Geometry geometry = Geometry.of(Moments.of(items, cone(random, 100, 0.5)));
        float[] direction = geometry.direction(Vectors.plusScaled(items.get(0), -1, geometry.itemMean()));
        double bias = geometry.bias(direction);
        double sum = 0, squares = 0;
        for (float[] item : items) {
            double z = Vectors.dot(direction, item) - bias;
            sum += z;
            squares += z * z;
        }
        assertEquals(0, sum / items.size(), 1e-3);
        assertEquals(1, squares / items.size(), 1e-2);
    }

    @Test
    void evidenceFindsItsOwnItemFirst() {
        Random random = new Random(5);
        List<float[]> items = cone(random, 400, 0);
        Geometry geometry = Geometry.of(Moments.of(items, items));
        for (int i = 0; i < 20; i++) {
            float[] direction = geometry.direction(Vectors.plusScaled(items.get(i), -1, geometry.itemMean()));
            double own = Vectors.dot(direction, items.get(i));
            assertTrue(
                items.stream().mapToDouble(item -> Vectors.dot(direction, item)).max().orElseThrow() - own < 0.6
                    * Math.abs(own)
            );
        }
    }

    @Test
    void aFlatGeometryRanksByCosine() {
        Random random = new Random(6);
        float[] evidence = cone(random, 1, 0).get(0);
        Geometry flat = Geometry.flat(DIMENSION);
        assertEquals(1, Vectors.cosine(evidence, flat.direction(evidence)), 1e-6);
        assertEquals(0, flat.bias(flat.direction(evidence)), 0);
    }

    @Test
    void storedMomentsComeBackAsTheyWere() throws IOException {
        Moments moments = moments(7);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        moments.writeTo(bytes);
        Moments back = Moments.readFrom(new ByteArrayInputStream(bytes.toByteArray()));
        assertArrayEquals(moments.itemMean(), back.itemMean(), 0);
        assertArrayEquals(moments.textMean(), back.textMean(), 0);
        for (int i = 0; i < DIMENSION; i++) {
            assertArrayEquals(moments.covariance().rows()[i], back.covariance().rows()[i], 0);
        }
        assertThrows(IOException.class, () -> Moments.readFrom(new ByteArrayInputStream(new byte[64])));
    }
}
