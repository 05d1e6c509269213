package org.opensearch.interest.core.profile;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Whole numbers in as few bytes as possible: seven bits per byte, with the sign in the lowest bit (zig-zag). */
final class VarInts {
    private VarInts() {}

    static void write(DataOutputStream out, long number) throws IOException {
        long rest = number << 1 ^ number >> 63;
        while ((rest & ~0x7FL) != 0) {
            out.writeByte((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    static long read(DataInputStream in) throws IOException {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = in.readByte();
            number |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return number >>> 1 ^ -(number & 1);
            }
        }
        throw new IOException("a number of more than ten bytes");
    }

    static int readInt(DataInputStream in, int min, int max) throws IOException {
        long number = read(in);
        if (number < min || number > max) {
            throw new IOException("a number in [" + min + "," + max + "], but it is [" + number + "]");
        }
        return (int) number;
    }
}
