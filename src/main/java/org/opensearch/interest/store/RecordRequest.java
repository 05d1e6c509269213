package org.opensearch.interest.store;

import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionRequestValidationException;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.interest.profile.Evidence;
import org.opensearch.interest.tracking.Tracker;
import org.opensearch.interest.tracking.TrackerJson;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** Evidence on its way to the node that holds the profiles it is about. */
final class RecordRequest extends ActionRequest {
    final Tracker tracker;
    final List<Entry> entries;
    final RefreshPolicy refresh;

    /** One event's evidence and the profile it is about. */
    record Entry(String profileId, Evidence evidence) implements Writeable {
        static Entry readFrom(StreamInput in) throws IOException {
            return new Entry(
                in.readString(),
                new Evidence(
                    in.readFloatArray(),
                    in.readEnum(Evidence.Source.class),
                    in.readDouble(),
                    in.readLong(),
                    in.readBoolean() ? OptionalLong.of(in.readLong()) : OptionalLong.empty(),
                    in.readOptionalString(),
                    in.readString()
                )
            );
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            out.writeString(profileId);
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
        }
    }

    RecordRequest(Tracker tracker, List<Entry> entries, RefreshPolicy refresh) {
        this.tracker = tracker;
        this.entries = entries;
        this.refresh = refresh;
    }

    RecordRequest(StreamInput in) throws IOException {
        super(in);
        tracker = TrackerJson.read(in.readString(), in.readString(), in.readMap());
        entries = in.readList(Entry::readFrom);
        refresh = RefreshPolicy.readFrom(in);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeString(tracker.name());
        out.writeString(tracker.uid());
        out.writeMap(TrackerJson.write(tracker));
        out.writeList(entries);
        refresh.writeTo(out);
    }

    @Override
    public ActionRequestValidationException validate() {
        return null;
    }
}
