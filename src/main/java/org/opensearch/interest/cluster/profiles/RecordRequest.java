package org.opensearch.interest.cluster.profiles;

import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionRequestValidationException;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.interest.core.profile.ProfileChange;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.TrackerJson;

import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** Request that sends changes to the node that writes their profiles. */
public final class RecordRequest extends ActionRequest {
    final Tracker tracker;
    final List<Entry> entries;
    final RefreshPolicy refresh;

    /** One change and the id of its profile. */
    public record Entry(String profileId, ProfileChange change) implements Writeable {
        public Entry {
            Objects.requireNonNull(profileId, "profileId");
            Objects.requireNonNull(change, "change");
        }

        static Entry readFrom(StreamInput in) throws IOException {
            return new Entry(in.readString(), ProfileChangeFormat.read(in));
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            out.writeString(profileId);
            ProfileChangeFormat.write(out, change);
        }
    }

    RecordRequest(Tracker tracker, List<Entry> entries, RefreshPolicy refresh) {
        this.tracker = tracker;
        this.entries = entries;
        this.refresh = refresh;
    }

    RecordRequest(StreamInput in) throws IOException {
        super(in);
        tracker = TrackerJson.read(in.readString(), in.readString(), in.readMap())
            .withFit(new Tracker.Fit(in.readVLong(), in.readVLong(), in.readOptionalString()));
        entries = in.readList(Entry::readFrom);
        refresh = RefreshPolicy.readFrom(in);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeString(tracker.name());
        out.writeString(tracker.uid());
        out.writeMap(TrackerJson.write(tracker));
        out.writeVLong(tracker.fit().version());
        out.writeVLong(tracker.fit().items());
        out.writeOptionalString(tracker.fit().modelVersion());
        out.writeList(entries);
        refresh.writeTo(out);
    }

    @Override
    public ActionRequestValidationException validate() {
        return null;
    }
}
