package org.opensearch.interest.profile;

import org.opensearch.interest.vector.Vectors;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A vector in 12 bits a number, relative to its largest: a quarter less than float16, and better at being rewritten.
 *
 * <p>A sum is read, added to and written thousands of times. Rounded to the nearest step, evidence smaller than half a step would be
 * lost each time, and the sum would stop learning. So a number is rounded up or down by a lot drawn in proportion to where it lies
 * between two steps (Gupta et al., "Deep Learning with Limited Numerical Precision", ICML 2015): what is lost once comes back another
 * time. The lot is the number's own last bits, so that equal vectors have equal bytes. What was read is written as it was.
 */
final class Packed {
    /** Steps on either side of zero. */
    private static final int STEPS = 2047;
    /** A step of so few bits that any multiple of it is a float: reading and writing again is exact. */
    private static final int SHORT_MANTISSA = 0xFFFFF000;
    /** Nearer than this to a step is that step. */
    private static final double ON_A_STEP = 1e-3;

    private Packed() {}

    static void write(DataOutputStream out, float[] vector) throws IOException {
        float largest = Vectors.largest(vector);
        float step = step(largest);
        out.writeShort(vector.length);
        out.writeFloat(step);
        ByteBuffer bytes = ByteBuffer.allocate(bytes(vector.length));
        for (int i = 0; i < vector.length; i += 2) {
            int first = steps(vector[i], step, largest, i);
            int second = i + 1 < vector.length ? steps(vector[i + 1], step, largest, i + 1) : 0;
            bytes.put((byte) first).put((byte) (first >> 8 & 0xF | second << 4)).put((byte) (second >> 4));
        }
        out.write(bytes.array());
    }

    /** The largest number divided by the number of steps, and a little more where that has too many bits. */
    private static float step(float largest) {
        float exact = largest / STEPS;
        float cut = Float.intBitsToFloat(Float.floatToRawIntBits(exact) & SHORT_MANTISSA);
        return cut < exact ? Float.intBitsToFloat(Float.floatToRawIntBits(cut) + ~SHORT_MANTISSA + 1) : cut;
    }

    private static int steps(float number, float step, float largest, int place) {
        if (step == 0) {
            return 0;
        }
        if (Math.abs(number) == largest) {
            // so that what is read has the same step
            return number < 0 ? -STEPS : STEPS;
        }
        double exact = (double) number / step;
        double nearest = Math.rint(exact);
        if (Math.abs(exact - nearest) < ON_A_STEP) {
            return (int) nearest;
        }
        return (int) Math.floor(exact + lot(number, place));
    }

    /** In [0,1), from the bits of a number that its step does not depend on. */
    private static double lot(float number, int place) {
        int bits = (Float.floatToRawIntBits(number) ^ place * 0x85EBCA6B) * 0x9E3779B1;
        bits ^= bits >>> 15;
        bits *= 0xC2B2AE35;
        return (bits >>> 8) * 0x1p-24;
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
                vector[i + 1] = (middle >> 4 & 0xF | high << 4) * step;
            }
        }
        return vector;
    }

    private static int bytes(int numbers) {
        return (numbers + 1) / 2 * 3;
    }
}
