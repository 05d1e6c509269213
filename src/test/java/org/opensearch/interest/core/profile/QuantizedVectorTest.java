package org.opensearch.interest.core.profile;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.vector.Vectors;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class QuantizedVectorTest {
    private long seed;

    private byte[] write(float[] vector) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        QuantizedVector.write(new DataOutputStream(bytes), vector, seed++);
        return bytes.toByteArray();
    }

    private static float[] read(byte[] bytes) throws IOException {
        return QuantizedVector.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    private static float[] random(Random random, int dimension, double scale) {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) (scale * random.nextGaussian());
        }
        return vector;
    }

    @Test
    void twelveBitsANumberAndEachWithinAStep() throws IOException {
        Random random = new Random(1);
        for (int round = 0; round < 500; round++) {
            int dimension = random.nextInt(20);
            float[] vector = random(random, dimension, Math.pow(10, random.nextInt(20) - 10));
            byte[] bytes = write(vector);
            assertEquals(6 + (dimension + 1) / 2 * 3, bytes.length);
            float[] back = read(bytes);
            float step = Vectors.largest(vector) / 2047 * 1.3f;
            assertArrayEquals(vector, back, step);
        }
    }

    @Test
    void whatWasReadIsWrittenAsItWas() throws IOException {
        Random random = new Random(2);
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = write(random(random, 384, Math.pow(10, random.nextInt(20) - 10)));
            assertArrayEquals(bytes, write(read(bytes)));
        }
        assertArrayEquals(new float[384], read(write(new float[384])), 0);
    }

    /** Rounding errors do not add up in a sum that is read, added to and written many times. */
    @Test
    void thousandsOfRewritesLeaveTheDirectionAsItIs() throws IOException {
        Random random = new Random(3);
        float[] middle = random(random, 384, 0.05);
        float[] exact = new float[384];
        float[] packed = new float[384];
        for (int event = 1; event <= 5_000; event++) {
            float[] vector = Vectors.unit(Vectors.plusScaled(middle, 1, random(random, 384, 0.03)));
            exact = Vectors.plusScaled(exact, 1, vector);
            packed = read(write(Vectors.plusScaled(packed, 1, vector)));
        }
        double cosine = Vectors.cosine(exact, packed);
        assertTrue(cosine > 0.999, "cosine " + cosine);
        assertEquals(1, Vectors.norm(packed) / Vectors.norm(exact), 0.01, "and its length");
    }

    @Test
    void aTrickleOfNewEvidenceIsNotRoundedAway() throws IOException {
        Random random = new Random(4);
        float[] old = random(random, 384, 1_000);
        float[] fresh = random(random, 384, 0.05);
        float[] packed = old;
        for (int event = 0; event < 4_000; event++) {
            packed = read(write(Vectors.plusScaled(packed, 1, fresh)));
        }
        float[] added = Vectors.plusScaled(packed, -1, old);
        assertEquals(4_000, Vectors.dot(added, fresh) / Vectors.dot(fresh, fresh), 800, "a step is 1.5, an event 0.05");
    }
}
