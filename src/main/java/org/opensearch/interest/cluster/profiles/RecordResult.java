package org.opensearch.interest.cluster.profiles;

import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;

import java.io.IOException;

/**
 * What became of one event, or of another change to a profile.
 *
 * @param outcome null where it failed
 * @param failure null where it did not
 * @param replay  what a rebuild found; null for all other changes
 */
public record RecordResult(Outcome outcome, Exception failure, Replay replay) implements Writeable {
    /**
     * @param events  how many kept events are in the rebuilt profile; 0 where the profile stays as it is
     * @param missing how many are not, because their item is gone or has another kind of vector by now
     */
    public record Replay(long events, long missing) {}

    public enum Outcome {
        APPLIED,
        DUPLICATE,
        IGNORED
    }

    public static RecordResult of(Outcome outcome) {
        return new RecordResult(outcome, null, null);
    }

    public static RecordResult failed(Exception failure) {
        return new RecordResult(null, failure, null);
    }

    static RecordResult of(Replay replay) {
        return new RecordResult(Outcome.APPLIED, null, replay);
    }

    public static RecordResult readFrom(StreamInput in) throws IOException {
        if (in.readBoolean() == false) {
            return failed(in.readException());
        }
        Outcome outcome = in.readEnum(Outcome.class);
        return new RecordResult(outcome, null, in.readBoolean() ? new Replay(in.readVLong(), in.readVLong()) : null);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeBoolean(failure == null);
        if (failure == null) {
            out.writeEnum(outcome);
            out.writeBoolean(replay != null);
            if (replay != null) {
                out.writeVLong(replay.events());
                out.writeVLong(replay.missing());
            }
        } else {
            out.writeException(failure);
        }
    }
}
