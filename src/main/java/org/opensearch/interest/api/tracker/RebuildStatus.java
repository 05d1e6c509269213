package org.opensearch.interest.api.tracker;

import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.interest.cluster.profiles.ProfileRebuild;
import org.opensearch.tasks.Task;

import java.io.IOException;

/** Progress of a rebuild. Cancelling it leaves the profiles that are not rebuilt yet unchanged. */
record RebuildStatus(ProfileRebuild.Result soFar) implements Task.Status {
    static final String NAME = "interest_rebuild";

    RebuildStatus(StreamInput in) throws IOException {
        this(read(in));
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        write(out, soFar);
    }

    @Override
    public String getWriteableName() {
        return NAME;
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        return show(builder.startObject(), soFar).endObject();
    }

    static void write(StreamOutput out, ProfileRebuild.Result result) throws IOException {
        out.writeVLong(result.users());
        out.writeVLong(result.events());
        out.writeVLong(result.missing());
        out.writeVLong(result.kept());
        out.writeVLong(result.failed());
    }

    static ProfileRebuild.Result read(StreamInput in) throws IOException {
        return new ProfileRebuild.Result(
            in.readVLong(), in.readVLong(), in.readVLong(), in.readVLong(), in.readVLong()
        );
    }

    static XContentBuilder show(XContentBuilder builder, ProfileRebuild.Result result) throws IOException {
        return builder.field("users", result.users())
            .field("events", result.events())
            .field("missing_items", result.missing())
            .field("unchanged_users", result.kept())
            .field("failed_users", result.failed());
    }
}
