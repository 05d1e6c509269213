package org.opensearch.interest.core.profile;

import org.opensearch.interest.core.vector.Vectors;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A vector in 12 bits per number, relative to its largest number: a quarter less than float16, and more exact after
 * many rewrites.
 *
 * <p>A sum is read, added to and written thousands of times. If numbers were rounded to the nearest step, evidence
 * smaller than half a step would be lost each time, and the sum would stop learning. So a number is rounded up or down
 * at random, with probabilities given by its position between two steps (stochastic rounding: Gupta et al., "Deep
 * Learning with Limited Numerical Precision", ICML 2015): the expected error is zero. The pseudo-random number is
 * computed from the number, its position and a seed, so that equal sums have equal bytes. A vector that was read is
 * written with the same bytes.
 */
final class QuantizedVector {
    /** Steps on either side of zero. */
    private static final int STEPS = 2047;
    /** Mask that leaves a step so few bits that every multiple of it is a float: reading and writing again is exact. */
    private static final int SHORT_MANTISSA = 0xFFFFF000;
    private static final int HALF_OF_THE_REST = 0x800;
    /** A number nearer than this to a step, in steps, is not rounded at random. */
    private static final double ON_A_STEP = 1e-3;

    private QuantizedVector() {}

    /**
     * @param seed different whenever the vector has changed: with the same pseudo-random numbers each time, rounding
     *             errors would add up instead of cancelling out
     */
    static void write(DataOutputStream out, float[] vector, long seed) throws IOException {
        float largest = Vectors.largest(vector);
        float step = step(largest);
        out.writeShort(vector.length);
        out.writeFloat(step);
        ByteBuffer bytes = ByteBuffer.allocate(bytes(vector.length));
        for (int i = 0; i < vector.length; i += 2) {
            int first = steps(vector[i], step, largest, seed + i);
            int second = i + 1 < vector.length ? steps(vector[i + 1], step, largest, seed + i + 1) : 0;
            bytes.put((byte) first).put((byte) ((first >> 8 & 0xF) | second << 4)).put((byte) (second >> 4));
        }
        out.write(bytes.array());
    }

    /**
     * The largest number divided by the number of steps, rounded to few bits. It is rounded to the nearest, because
     * rounding up would make it grow with every rewrite.
     */
    private static float step(float largest) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(largest / STEPS) + HALF_OF_THE_REST & SHORT_MANTISSA);
    }

    private static int steps(float number, float step, float largest, long seed) {
        if (step == 0) {
            return 0;
        }
        if (Math.abs(number) == largest) {
            // so that the vector that is read has the same step
            return number < 0 ? -STEPS : STEPS;
        }
        double exact = (double) number / step;
        double nearest = Math.rint(exact);
        if (Math.abs(exact - nearest) < ON_A_STEP) {
            return (int) nearest;
        }
        return Math.clamp((long) Math.floor(exact + random(number, seed)), -STEPS, STEPS);
    }

    /** A pseudo-random number in [0,1): the finalizer of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014). */
    private static double random(float number, long seed) {
        long bits = (seed ^ (long) Float.floatToRawIntBits(number) << 32) * 0x9E3779B97F4A7C15L;
        bits = (bits ^ bits >>> 30) * 0xBF58476D1CE4E5B9L;
        bits = (bits ^ bits >>> 27) * 0x94D049BB133111EBL;
        return ((bits ^ bits >>> 31) >>> 11) * 0x1p-53;
    }

    static float[] read(DataInputStream in) throws IOException {
        float[] vector = new float[in.readUnsignedShort()];
        float step = in.readFloat();
        ByteBuffer bytes = SumFormat.readBytes(in, bytes(vector.length));
        for (int i = 0; i < vector.length; i += 2) {
            int low = bytes.get() & 0xFF;
            int middle = bytes.get();
            int high = bytes.get();
            vector[i] = (low | (middle << 28) >> 20) * step;
            if (i + 1 < vector.length) {
                vector[i + 1] = ((middle >> 4 & 0xF) | high << 4) * step;
            }
        }
        return vector;
    }

    private static int bytes(int numbers) {
        return (numbers + 1) / 2 * 3;
    }
}
