package org.opensearch.interest.api.user;

import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;

import java.io.IOException;
import java.util.Map;

/** JSON form of a profile. */
public final class GetUserResponse extends ActionResponse implements ToXContentObject {
    private final Map<String, Object> profile;

    GetUserResponse(Map<String, Object> profile) {
        this.profile = profile;
    }

    GetUserResponse(StreamInput in) throws IOException {
        profile = in.readMap();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeMap(profile);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        return builder.map(profile);
    }
}
