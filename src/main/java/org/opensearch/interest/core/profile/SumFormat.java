package org.opensearch.interest.core.profile;

import org.opensearch.interest.core.vector.Vectors;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The stored form of sums: float32 for exact sums, 12 bits per number relative to the largest for estimates
 * ({@link QuantizedVector}), and float16 for vectors that are written once.
 */
final class SumFormat {
    private SumFormat() {}

    static void writeSum(DataOutputStream out, DecayedSum sum) throws IOException {
        out.writeLong(sum.halfLife());
        out.writeLong(sum.landmark());
        out.writeDouble(sum.itemMass());
        out.writeDouble(sum.textMass());
        out.writeInt(sum.sum().length);
        ByteBuffer bytes = ByteBuffer.allocate(sum.sum().length * Float.BYTES);
        bytes.asFloatBuffer().put(sum.sum());
        out.write(bytes.array());
    }

    static DecayedSum readSum(DataInputStream in) throws IOException {
        long halfLife = in.readLong();
        long landmark = in.readLong();
        double itemMass = in.readDouble();
        double textMass = in.readDouble();
        float[] sum = new float[readLength(in, Float.BYTES)];
        readBytes(in, sum.length * Float.BYTES).asFloatBuffer().get(sum);
        return new DecayedSum(halfLife, landmark, sum, itemMass, textMass);
    }

    /** Stores the half-life as its difference from the expected one, which is mostly 0. */
    static void writePackedSum(DataOutputStream out, DecayedSum sum, long expectedHalfLife) throws IOException {
        VarInts.write(out, sum.halfLife() - expectedHalfLife);
        VarInts.write(out, sum.landmark());
        out.writeDouble(sum.itemMass());
        out.writeDouble(sum.textMass());
        // the mass as seed: every event changes it
        QuantizedVector.write(out, sum.sum(), Double.doubleToLongBits(sum.storedMass()));
    }

    static DecayedSum readPackedSum(DataInputStream in, long expectedHalfLife) throws IOException {
        long halfLife = expectedHalfLife + VarInts.read(in);
        long landmark = VarInts.read(in);
        double itemMass = in.readDouble();
        double textMass = in.readDouble();
        return new DecayedSum(halfLife, landmark, QuantizedVector.read(in), itemMass, textMass);
    }

    /** Writes the length, the largest absolute number, and the numbers relative to it as float16. */
    static void writeHalf(DataOutputStream out, float[] vector) throws IOException {
        out.writeInt(vector.length);
        float scale = Vectors.largest(vector);
        out.writeFloat(scale);
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Short.BYTES);
        for (float number : vector) {
            bytes.putShort(Float.floatToFloat16(scale == 0 ? 0 : number / scale));
        }
        out.write(bytes.array());
    }

    static float[] readHalf(DataInputStream in) throws IOException {
        float[] vector = new float[readLength(in, Short.BYTES)];
        float scale = in.readFloat();
        ByteBuffer bytes = readBytes(in, vector.length * Short.BYTES);
        for (int i = 0; i < vector.length; i++) {
            vector[i] = Float.float16ToFloat(bytes.getShort()) * scale;
        }
        return vector;
    }

    /** Reads the number of elements that follow. Fails before memory is reserved if too few bytes are left for them. */
    static int readLength(DataInputStream in, int bytesEach) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available() / bytesEach) {
            throw new EOFException(
                "[" + length + "] numbers of [" + bytesEach + "] bytes, but [" + in.available() + "] bytes are left"
            );
        }
        return length;
    }

    /** Reads all bytes at once, because streams are slow when they are read number by number. */
    static ByteBuffer readBytes(DataInputStream in, int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return ByteBuffer.wrap(bytes);
    }
}
