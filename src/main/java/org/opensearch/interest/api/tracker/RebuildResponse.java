package org.opensearch.interest.api.tracker;

import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.interest.cluster.profiles.ProfileRebuild;

import java.io.IOException;

/** Result of a rebuild. */
public final class RebuildResponse extends ActionResponse implements ToXContentObject {
    private final String tracker;
    private final ProfileRebuild.Result result;
    private final long tookMillis;

    RebuildResponse(String tracker, ProfileRebuild.Result result, long tookMillis) {
        this.tracker = tracker;
        this.result = result;
        this.tookMillis = tookMillis;
    }

    RebuildResponse(StreamInput in) throws IOException {
        tracker = in.readString();
        result = RebuildStatus.read(in);
        tookMillis = in.readVLong();
    }

    public ProfileRebuild.Result result() {
        return result;
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeString(tracker);
        RebuildStatus.write(out, result);
        out.writeVLong(tookMillis);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        return RebuildStatus.show(builder.startObject().field("tracker", tracker), result)
            .field("took", tookMillis)
            .endObject();
    }
}
