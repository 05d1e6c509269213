package org.opensearch.interest.api.user;

import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;

import java.io.IOException;
import java.time.Instant;

/** Response to a deletion: the time up to which all events were deleted. */
public final class ForgetUserResponse extends ActionResponse implements ToXContentObject {
    /** milliseconds since 1970; later events are recorded again */
    private final long deletedUntil;

    ForgetUserResponse(long deletedUntil) {
        this.deletedUntil = deletedUntil;
    }

    ForgetUserResponse(StreamInput in) throws IOException {
        deletedUntil = in.readLong();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeLong(deletedUntil);
    }

    public long deletedUntil() {
        return deletedUntil;
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        return builder.startObject().field("deleted_until", Instant.ofEpochMilli(deletedUntil).toString()).endObject();
    }
}
