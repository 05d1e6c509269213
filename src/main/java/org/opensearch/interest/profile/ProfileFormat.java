package org.opensearch.interest.profile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The stored form of a profile: little-endian bytes, first the version. Sums are float32, as they are in memory, so that storing
 * and reading changes nothing.
 */
public final class ProfileFormat {
    private static final byte VERSION = 1;
    private static final int COUNTERS = Byte.BYTES + 3 * Long.BYTES;
    private static final int SUM_HEADER = 4 * Long.BYTES + Integer.BYTES;

    private ProfileFormat() {}

    public static byte[] write(Profile profile) {
        long[] ids = profile.ids().fingerprints();
        ByteBuffer out = ByteBuffer.allocate(size(profile)).order(ByteOrder.LITTLE_ENDIAN);
        out.put(VERSION).putLong(profile.events()).putLong(profile.firstEvent()).putLong(profile.lastEvent());
        write(out, profile.shortTerm());
        write(out, profile.longTerm());
        write(out, profile.negative());
        out.putInt(ids.length).asLongBuffer().put(ids);
        return out.array();
    }

    /** @throws IllegalArgumentException where the bytes are no profile of a known version */
    public static Profile read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        byte version = in.get();
        if (version != VERSION) {
            throw new IllegalArgumentException("a stored profile of version [" + version + "], but this node reads version [" + VERSION + "]");
        }
        return new Profile(in.getLong(), in.getLong(), in.getLong(), readSum(in), readSum(in), readSum(in), readIds(in));
    }

    /** How many bytes {@link #write} makes of it. */
    public static int size(Profile profile) {
        int ids = Integer.BYTES + profile.ids().fingerprints().length * Long.BYTES;
        return COUNTERS + size(profile.shortTerm()) + size(profile.longTerm()) + size(profile.negative()) + ids;
    }

    private static int size(DecayedSum sum) {
        return SUM_HEADER + sum.sum().length * Float.BYTES;
    }

    private static void write(ByteBuffer out, DecayedSum sum) {
        out.putLong(sum.halfLife()).putLong(sum.landmark()).putDouble(sum.itemMass()).putDouble(sum.textMass()).putInt(sum.sum().length);
        out.asFloatBuffer().put(sum.sum());
        out.position(out.position() + sum.sum().length * Float.BYTES);
    }

    private static DecayedSum readSum(ByteBuffer in) {
        long halfLife = in.getLong();
        long landmark = in.getLong();
        double itemMass = in.getDouble();
        double textMass = in.getDouble();
        float[] sum = new float[in.getInt()];
        in.asFloatBuffer().get(sum);
        in.position(in.position() + sum.length * Float.BYTES);
        return new DecayedSum(halfLife, landmark, sum, itemMass, textMass);
    }

    private static EventIds readIds(ByteBuffer in) {
        long[] fingerprints = new long[in.getInt()];
        in.asLongBuffer().get(fingerprints);
        return new EventIds(fingerprints);
    }
}
