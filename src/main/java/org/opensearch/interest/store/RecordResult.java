package org.opensearch.interest.store;

import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;

import java.io.IOException;

/**
 * What became of one event, or of another change to a profile.
 *
 * @param outcome null where it failed
 * @param failure null where it did not
 */
public record RecordResult(Outcome outcome, Exception failure) implements Writeable {
    public enum Outcome {
        APPLIED,
        DUPLICATE,
        IGNORED
    }

    public static RecordResult of(Outcome outcome) {
        return new RecordResult(outcome, null);
    }

    public static RecordResult failed(Exception failure) {
        return new RecordResult(null, failure);
    }

    public static RecordResult readFrom(StreamInput in) throws IOException {
        return in.readBoolean() ? of(in.readEnum(Outcome.class)) : failed(in.readException());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeBoolean(failure == null);
        if (failure == null) {
            out.writeEnum(outcome);
        } else {
            out.writeException(failure);
        }
    }
}
