package org.opensearch.interest.profile;

import org.opensearch.interest.vector.Vectors;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The stored form of a profile: bytes, first the version. The sums that are exact are float32, as they are in memory, so that
 * storing and reading changes nothing. Topics are estimates, and are halved: float16, relative to their largest number.
 */
public final class ProfileFormat {
    private static final byte VERSION = 1;

    private ProfileFormat() {}

    public static byte[] write(Profile profile) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(8192);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(profile.events());
            out.writeLong(profile.firstEvent());
            out.writeLong(profile.lastEvent());
            writeSum(out, profile.shortTerm());
            writeSum(out, profile.longTerm());
            writeSum(out, profile.negative());
            writeTopics(out, profile.topics());
            long[] ids = profile.ids().fingerprints();
            out.writeInt(ids.length);
            ByteBuffer bytesOfIds = ByteBuffer.allocate(ids.length * Long.BYTES);
            bytesOfIds.asLongBuffer().put(ids);
            out.write(bytesOfIds.array());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException where the bytes are no profile of a known version */
    public static Profile read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte version = in.readByte();
            if (version != VERSION) {
                throw new IllegalArgumentException("a stored profile of version [" + version + "], but this node reads version [" + VERSION + "]");
            }
            return new Profile(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                readSum(in),
                readSum(in),
                readSum(in),
                readTopics(in),
                readIds(in)
            );
        } catch (IOException e) {
            throw new IllegalArgumentException("a stored profile that ends too early or is damaged", e);
        }
    }

    private static void writeSum(DataOutputStream out, DecayedSum sum) throws IOException {
        writeMasses(out, sum);
        ByteBuffer bytes = ByteBuffer.allocate(sum.sum().length * Float.BYTES);
        bytes.asFloatBuffer().put(sum.sum());
        out.write(bytes.array());
    }

    private static DecayedSum readSum(DataInputStream in) throws IOException {
        return readSum(in, length -> {
            float[] sum = new float[length];
            readBytes(in, length * Float.BYTES).asFloatBuffer().get(sum);
            return sum;
        });
    }

    private static void writeHalf(DataOutputStream out, DecayedSum sum) throws IOException {
        writeMasses(out, sum);
        float scale = Vectors.largest(sum.sum());
        out.writeFloat(scale);
        ByteBuffer bytes = ByteBuffer.allocate(sum.sum().length * Short.BYTES);
        for (float number : sum.sum()) {
            bytes.putShort(Float.floatToFloat16(scale == 0 ? 0 : number / scale));
        }
        out.write(bytes.array());
    }

    private static DecayedSum readHalf(DataInputStream in) throws IOException {
        return readSum(in, length -> {
            float scale = in.readFloat();
            ByteBuffer bytes = readBytes(in, length * Short.BYTES);
            float[] sum = new float[length];
            for (int i = 0; i < length; i++) {
                sum[i] = Float.float16ToFloat(bytes.getShort()) * scale;
            }
            return sum;
        });
    }

    private static ByteBuffer readBytes(DataInputStream in, int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return ByteBuffer.wrap(bytes);
    }

    private interface Numbers {
        float[] read(int length) throws IOException;
    }

    private static void writeMasses(DataOutputStream out, DecayedSum sum) throws IOException {
        out.writeLong(sum.halfLife());
        out.writeLong(sum.landmark());
        out.writeDouble(sum.itemMass());
        out.writeDouble(sum.textMass());
        out.writeInt(sum.sum().length);
    }

    private static DecayedSum readSum(DataInputStream in, Numbers numbers) throws IOException {
        long halfLife = in.readLong();
        long landmark = in.readLong();
        double itemMass = in.readDouble();
        double textMass = in.readDouble();
        return new DecayedSum(halfLife, landmark, numbers.read(in.readInt()), itemMass, textMass);
    }

    private static void writeTopics(DataOutputStream out, Topics topics) throws IOException {
        out.writeInt(topics.nextId());
        out.writeInt(topics.list().size());
        for (Topic topic : topics.list()) {
            out.writeInt(topic.id());
            writeHalf(out, topic.sum());
            out.writeInt(topic.events());
            out.writeLong(topic.lastEvent());
            out.writeBoolean(topic.item() != null);
            if (topic.item() != null) {
                out.writeUTF(topic.item());
                out.writeLong(topic.itemTime());
                out.writeDouble(topic.itemWeight());
            }
            out.writeByte(topic.words().counts().size());
            for (Map.Entry<String, Float> word : topic.words().counts().entrySet()) {
                out.writeUTF(word.getKey());
                out.writeFloat(word.getValue());
            }
        }
    }

    private static Topics readTopics(DataInputStream in) throws IOException {
        int nextId = in.readInt();
        int size = in.readInt();
        List<Topic> topics = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int id = in.readInt();
            DecayedSum sum = readHalf(in);
            int events = in.readInt();
            long lastEvent = in.readLong();
            boolean represented = in.readBoolean();
            String item = represented ? in.readUTF() : null;
            long itemTime = represented ? in.readLong() : 0;
            double itemWeight = represented ? in.readDouble() : 0;
            topics.add(new Topic(id, sum, events, lastEvent, item, itemTime, itemWeight, readWords(in)));
        }
        return new Topics(topics, nextId);
    }

    private static Words readWords(DataInputStream in) throws IOException {
        int size = in.readByte();
        Map<String, Float> counts = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            counts.put(in.readUTF(), in.readFloat());
        }
        return new Words(counts);
    }

    private static EventIds readIds(DataInputStream in) throws IOException {
        long[] fingerprints = new long[in.readInt()];
        readBytes(in, fingerprints.length * Long.BYTES).asLongBuffer().get(fingerprints);
        return new EventIds(fingerprints);
    }
}
