package org.opensearch.interest.cluster.profiles;

import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.interest.core.profile.Change;
import org.opensearch.interest.core.profile.Declared;
import org.opensearch.interest.core.profile.Evidence;
import org.opensearch.interest.core.profile.ProfileFormat;
import org.opensearch.interest.core.profile.Standing;

import java.io.IOException;
import java.util.OptionalLong;

/** Changes on their way to the one who writes them. */
final class ChangeFormat {
    private enum Kind {
        RECORD,
        SHOW,
        REBUILD,
        STRIKE,
        FORGET,
        OPT_OUT,
        DECLARE,
        LEAVE,
        ABSORB,
        LEFT
    }

    private ChangeFormat() {}

    static void write(StreamOutput out, Change change) throws IOException {
        switch (change) {
            case Change.Record record -> {
                out.writeEnum(Kind.RECORD);
                write(out, record.evidence());
                out.writeBoolean(record.kept() != null);
                if (record.kept() != null) {
                    KeptEventFormat.write(out, record.kept());
                }
            }
            case Change.Show show -> {
                out.writeEnum(Kind.SHOW);
                KeptEventFormat.write(out, show.kept());
            }
            case Change.Rebuild rebuild -> out.writeEnum(Kind.REBUILD);
            case Change.Strike strike -> {
                out.writeEnum(Kind.STRIKE);
                out.writeString(strike.key());
            }
            case Change.Forget forget -> {
                out.writeEnum(Kind.FORGET);
                out.writeLong(forget.until());
            }
            case Change.OptOut optOut -> {
                out.writeEnum(Kind.OPT_OUT);
                out.writeBoolean(optOut.out());
            }
            case Change.Declare declare -> {
                out.writeEnum(Kind.DECLARE);
                out.writeCollection(declare.interests().list(), (to, interest) -> {
                    to.writeString(interest.text());
                    to.writeFloatArray(interest.vector());
                });
            }
            case Change.Leave leave -> {
                out.writeEnum(Kind.LEAVE);
                out.writeString(leave.target());
                out.writeLong(leave.transfer());
            }
            case Change.Absorb absorb -> {
                out.writeEnum(Kind.ABSORB);
                out.writeString(absorb.from());
                out.writeLong(absorb.transfer().source());
                out.writeLong(absorb.transfer().transfer());
                out.writeByteArray(ProfileFormat.write(absorb.source()));
            }
            case Change.Left left -> {
                out.writeEnum(Kind.LEFT);
                out.writeLong(left.transfer());
            }
        }
    }

    static Change read(StreamInput in) throws IOException {
        return switch (in.readEnum(Kind.class)) {
            case RECORD -> new Change.Record(readEvidence(in), in.readBoolean() ? KeptEventFormat.read(in) : null);
            case SHOW -> new Change.Show(KeptEventFormat.read(in));
            case REBUILD -> new Change.Rebuild();
            case STRIKE -> new Change.Strike(in.readString());
            case FORGET -> new Change.Forget(in.readLong());
            case OPT_OUT -> new Change.OptOut(in.readBoolean());
            case DECLARE -> new Change.Declare(new Declared(in.readList(from -> new Declared.Interest(from.readString(), from.readFloatArray()))));
            case LEAVE -> new Change.Leave(in.readString(), in.readLong());
            case ABSORB -> new Change.Absorb(
                in.readString(),
                new Standing.Absorbed(in.readLong(), in.readLong()),
                ProfileFormat.read(in.readByteArray())
            );
            case LEFT -> new Change.Left(in.readLong());
        };
    }

    private static void write(StreamOutput out, Evidence evidence) throws IOException {
        out.writeFloatArray(evidence.vector());
        out.writeEnum(evidence.source());
        out.writeDouble(evidence.weight());
        out.writeLong(evidence.timestamp());
        out.writeBoolean(evidence.id().isPresent());
        if (evidence.id().isPresent()) {
            out.writeLong(evidence.id().getAsLong());
        }
        out.writeOptionalString(evidence.item());
        out.writeString(evidence.words());
        out.writeString(evidence.type());
        out.writeVLong(evidence.halfLife());
    }

    private static Evidence readEvidence(StreamInput in) throws IOException {
        return new Evidence(
            in.readFloatArray(),
            in.readEnum(Evidence.Source.class),
            in.readDouble(),
            in.readLong(),
            in.readBoolean() ? OptionalLong.of(in.readLong()) : OptionalLong.empty(),
            in.readOptionalString(),
            in.readString(),
            in.readString(),
            in.readVLong()
        );
    }
}
