package org.opensearch.interest.cluster.profiles;

import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.interest.core.profile.ConsentState;
import org.opensearch.interest.core.profile.DeclaredInterests;
import org.opensearch.interest.core.profile.Evidence;
import org.opensearch.interest.core.profile.HistoryEvent;
import org.opensearch.interest.core.profile.ProfileChange;
import org.opensearch.interest.core.profile.ProfileFormat;

import java.io.IOException;
import java.util.OptionalLong;

/**
 * Wire form of {@link ProfileChange}, from the node that receives a request to the node that writes the profile.
 * Stateless.
 */
final class ProfileChangeFormat {
    private enum Kind {
        RECORD,
        HISTORY_ONLY,
        REBUILD,
        DELETE_EVENT,
        FORGET,
        OPT_OUT,
        DECLARE,
        MERGE_OUT,
        MERGE_IN,
        MERGE_DONE
    }

    private ProfileChangeFormat() {}

    static void write(StreamOutput out, ProfileChange change) throws IOException {
        switch (change) {
            case ProfileChange.RecordEvent record -> {
                out.writeEnum(Kind.RECORD);
                write(out, record.evidence());
                out.writeBoolean(record.kept() != null);
                if (record.kept() != null) {
                    write(out, record.kept());
                }
            }
            case ProfileChange.HistoryOnlyEvent historyOnly -> {
                out.writeEnum(Kind.HISTORY_ONLY);
                write(out, historyOnly.kept());
            }
            case ProfileChange.Rebuild rebuild -> out.writeEnum(Kind.REBUILD);
            case ProfileChange.DeleteEvent deletion -> {
                out.writeEnum(Kind.DELETE_EVENT);
                out.writeString(deletion.key());
            }
            case ProfileChange.Forget forget -> {
                out.writeEnum(Kind.FORGET);
                out.writeLong(forget.until());
            }
            case ProfileChange.OptOut optOut -> {
                out.writeEnum(Kind.OPT_OUT);
                out.writeBoolean(optOut.out());
            }
            case ProfileChange.Declare declare -> {
                out.writeEnum(Kind.DECLARE);
                out.writeCollection(declare.interests().list(), (to, interest) -> {
                    to.writeString(interest.text());
                    to.writeFloatArray(interest.vector());
                });
            }
            case ProfileChange.MergeOut mergeOut -> {
                out.writeEnum(Kind.MERGE_OUT);
                out.writeString(mergeOut.target());
                out.writeLong(mergeOut.transfer());
            }
            case ProfileChange.MergeIn mergeIn -> {
                out.writeEnum(Kind.MERGE_IN);
                out.writeString(mergeIn.from());
                out.writeLong(mergeIn.transfer().source());
                out.writeLong(mergeIn.transfer().transfer());
                out.writeByteArray(ProfileFormat.write(mergeIn.source()));
            }
            case ProfileChange.MergeDone mergeDone -> {
                out.writeEnum(Kind.MERGE_DONE);
                out.writeLong(mergeDone.transfer());
            }
        }
    }

    static ProfileChange read(StreamInput in) throws IOException {
        return switch (in.readEnum(Kind.class)) {
            case RECORD ->
                new ProfileChange.RecordEvent(readEvidence(in), in.readBoolean() ? readHistoryEvent(in) : null);
            case HISTORY_ONLY -> new ProfileChange.HistoryOnlyEvent(readHistoryEvent(in));
            case REBUILD -> new ProfileChange.Rebuild();
            case DELETE_EVENT -> new ProfileChange.DeleteEvent(in.readString());
            case FORGET -> new ProfileChange.Forget(in.readLong());
            case OPT_OUT -> new ProfileChange.OptOut(in.readBoolean());
            case DECLARE -> new ProfileChange.Declare(
                new DeclaredInterests(
                    in.readList(from -> new DeclaredInterests.Interest(from.readString(), from.readFloatArray()))
                )
            );
            case MERGE_OUT -> new ProfileChange.MergeOut(in.readString(), in.readLong());
            case MERGE_IN -> new ProfileChange.MergeIn(
                in.readString(), new ConsentState.Absorbed(in.readLong(), in.readLong()),
                ProfileFormat.read(in.readByteArray())
            );
            case MERGE_DONE -> new ProfileChange.MergeDone(in.readLong());
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
            in.readFloatArray(), in.readEnum(Evidence.Source.class), in.readDouble(), in.readLong(),
            in.readBoolean() ? OptionalLong.of(in.readLong()) : OptionalLong.empty(), in.readOptionalString(),
            in.readString(), in.readString(), in.readVLong()
        );
    }

    private static void write(StreamOutput out, HistoryEvent event) throws IOException {
        out.writeString(event.key());
        out.writeString(event.type());
        out.writeOptionalString(event.item());
        out.writeOptionalString(event.text());
        out.writeBoolean(event.vector() != null);
        if (event.vector() != null) {
            out.writeFloatArray(event.vector());
        }
        out.writeStringCollection(event.shown());
        out.writeStringCollection(event.clicked());
        out.writeDouble(event.weight());
        out.writeOptionalDouble(event.scale());
        out.writeLong(event.timestamp());
        out.writeLong(event.arrival());
        out.writeOptionalLong(event.id().isPresent() ? event.id().getAsLong() : null);
        HistoryEvent.Context context = event.context();
        out.writeOptionalString(context.session());
        out.writeOptionalString(context.queryId());
        out.writeOptionalLong(context.position());
        out.writeOptionalString(context.variant());
        out.writeOptionalString(context.experiment());
        out.writeOptionalString(context.team());
    }

    private static HistoryEvent readHistoryEvent(StreamInput in) throws IOException {
        return new HistoryEvent(
            in.readString(), in.readString(), in.readOptionalString(), in.readOptionalString(),
            in.readBoolean() ? in.readFloatArray() : null, in.readStringList(), in.readStringList(), in.readDouble(),
            in.readOptionalDouble(), in.readLong(), in.readLong(), fingerprint(in.readOptionalLong()),
            new HistoryEvent.Context(
                in.readOptionalString(), in.readOptionalString(), in.readOptionalLong(), in.readOptionalString(),
                in.readOptionalString(), in.readOptionalString()
            )
        );
    }

    private static OptionalLong fingerprint(Long id) {
        return id == null ? OptionalLong.empty() : OptionalLong.of(id);
    }
}
