package org.opensearch.interest.cluster.profiles;

import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.interest.core.profile.HistoryEvent;

import java.io.IOException;
import java.util.OptionalLong;

/** Events on their way to the one who keeps them. */
final class HistoryEventFormat {
    private HistoryEventFormat() {}

    static void write(StreamOutput out, HistoryEvent event) throws IOException {
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

    static HistoryEvent read(StreamInput in) throws IOException {
        return new HistoryEvent(
            in.readString(),
            in.readString(),
            in.readOptionalString(),
            in.readOptionalString(),
            in.readBoolean() ? in.readFloatArray() : null,
            in.readStringList(),
            in.readStringList(),
            in.readDouble(),
            in.readOptionalDouble(),
            in.readLong(),
            in.readLong(),
            fingerprint(in.readOptionalLong()),
            new HistoryEvent.Context(
                in.readOptionalString(),
                in.readOptionalString(),
                in.readOptionalLong(),
                in.readOptionalString(),
                in.readOptionalString(),
                in.readOptionalString()
            )
        );
    }

    private static OptionalLong fingerprint(Long id) {
        return id == null ? OptionalLong.empty() : OptionalLong.of(id);
    }
}
