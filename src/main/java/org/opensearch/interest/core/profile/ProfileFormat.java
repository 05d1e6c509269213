package org.opensearch.interest.core.profile;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The stored form of a profile: bytes that begin with a version. The exact sums are stored as float32, as they are in
 * memory, so that a write and a read change nothing. Topics are estimates and take 12 bits per number.
 */
public final class ProfileFormat {
    private static final byte VERSION = 3;
    /** Bytes that one event may add: a topic and an id. */
    private static final int BYTES_OF_EVENT = 2048;

    private ProfileFormat() {}

    public static byte[] write(Profile profile) {
        return write(profile, null).bytes();
    }

    /**
     * Writes the same bytes as {@link #write(Profile)}, but encodes only what has changed. A topic that no event has
     * changed is the same object as before, and encoding it again would give the same bytes, so they are copied.
     *
     * @param before the stored form of an earlier state of the profile; null if unknown
     */
    public static EncodedProfile write(Profile profile, EncodedProfile before) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(
            before == null ? 8192 : before.bytes().length + BYTES_OF_EVENT
        );
        EncodedTopics topics = new EncodedTopics(before, profile.longTerm().halfLife());
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(profile.events());
            out.writeLong(profile.firstEvent());
            out.writeLong(profile.lastEvent());
            SumFormat.writeSum(out, profile.shortTerm());
            SumFormat.writeSum(out, profile.longTerm());
            out.writeByte(profile.sumsByHalfLife().size());
            for (DecayedSum sum : profile.sumsByHalfLife()) {
                SumFormat.writeSum(out, sum);
            }
            TopicFormat.write(out, profile.topics(), topics);
            TopicFormat.write(out, profile.against(), topics);
            SumFormat.writePackedSum(out, profile.skipped(), profile.shortTerm().halfLife());
            long[] ids = profile.ids().fingerprints();
            out.writeInt(ids.length);
            ByteBuffer bytesOfIds = ByteBuffer.allocate(ids.length * Long.BYTES);
            bytesOfIds.asLongBuffer().put(ids);
            out.write(bytesOfIds.array());
            writeDeclared(out, profile.declared());
            writeConsent(out, profile.consent());
        } catch (IOException e) {
            throw new UncheckedIOException("a write to memory does not fail", e);
        }
        return topics.written(bytes.toByteArray());
    }

    /** @throws IllegalArgumentException if the bytes are no profile of a known version */
    public static Profile read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte version = in.readByte();
            if (version != VERSION) {
                throw new IllegalArgumentException(
                    "a stored profile of version [" + version + "], but this node reads version [" + VERSION + "]"
                );
            }
            return readBody(in);
        } catch (IOException e) {
            throw new IllegalArgumentException("a stored profile that ends too early or is damaged", e);
        }
    }

    private static Profile readBody(DataInputStream in) throws IOException {
        EventSpan span = new EventSpan(in.readLong(), in.readLong(), in.readLong());
        DecayedSum shortTerm = SumFormat.readSum(in);
        DecayedSum longTerm = SumFormat.readSum(in);
        int size = in.readUnsignedByte();
        List<DecayedSum> sumsByHalfLife = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            sumsByHalfLife.add(SumFormat.readSum(in));
        }
        Topics topics = TopicFormat.read(in, longTerm.halfLife());
        Topics against = TopicFormat.read(in, longTerm.halfLife());
        DecayedSum skipped = SumFormat.readPackedSum(in, shortTerm.halfLife());
        Sums sums = new Sums(shortTerm, longTerm, sumsByHalfLife, skipped);
        return new Profile(span, sums, topics, against, readIds(in), readDeclared(in), readConsent(in));
    }

    private static EventIds readIds(DataInputStream in) throws IOException {
        long[] fingerprints = new long[SumFormat.readLength(in, Long.BYTES)];
        SumFormat.readBytes(in, fingerprints.length * Long.BYTES).asLongBuffer().get(fingerprints);
        return new EventIds(fingerprints);
    }

    private static void writeDeclared(DataOutputStream out, DeclaredInterests declared) throws IOException {
        out.writeByte(declared.list().size());
        for (DeclaredInterests.Interest interest : declared.list()) {
            out.writeUTF(interest.text());
            SumFormat.writeHalf(out, interest.vector());
        }
    }

    private static DeclaredInterests readDeclared(DataInputStream in) throws IOException {
        int size = in.readByte();
        List<DeclaredInterests.Interest> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(new DeclaredInterests.Interest(in.readUTF(), SumFormat.readHalf(in)));
        }
        return new DeclaredInterests(list);
    }

    private static void writeConsent(DataOutputStream out, ConsentState consent) throws IOException {
        out.writeBoolean(consent.optOut());
        out.writeLong(consent.deletedUntil());
        out.writeByte(consent.absorbed().size());
        for (ConsentState.Absorbed one : consent.absorbed()) {
            out.writeLong(one.source());
            out.writeLong(one.transfer());
        }
        ConsentState.Handover leaving = consent.leaving();
        out.writeBoolean(leaving != null);
        if (leaving != null) {
            out.writeUTF(leaving.target());
            out.writeLong(leaving.transfer());
            byte[] profile = write(leaving.profile());
            out.writeInt(profile.length);
            out.write(profile);
        }
    }

    private static ConsentState readConsent(DataInputStream in) throws IOException {
        boolean optOut = in.readBoolean();
        long deletedUntil = in.readLong();
        int size = in.readByte();
        List<ConsentState.Absorbed> absorbed = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            absorbed.add(new ConsentState.Absorbed(in.readLong(), in.readLong()));
        }
        boolean leaving = in.readBoolean();
        return new ConsentState(optOut, deletedUntil, absorbed, leaving ? readHandover(in) : null);
    }

    private static ConsentState.Handover readHandover(DataInputStream in) throws IOException {
        String target = in.readUTF();
        long transfer = in.readLong();
        return new ConsentState.Handover(
            target, transfer, read(SumFormat.readBytes(in, SumFormat.readLength(in, 1)).array())
        );
    }
}
