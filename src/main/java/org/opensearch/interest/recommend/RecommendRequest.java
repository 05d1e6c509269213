package org.opensearch.interest.recommend;

import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionRequestValidationException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;

/** For whom, under which tracker, and what was asked for as it was sent: empty for all defaults. */
public final class RecommendRequest extends ActionRequest {
    final String tracker;
    final String user;
    final Map<String, Object> body;

    public RecommendRequest(String tracker, String user, Map<String, Object> body) {
        this.tracker = Objects.requireNonNull(tracker, "tracker");
        this.user = Objects.requireNonNull(user, "user");
        this.body = Objects.requireNonNull(body, "body");
    }

    public RecommendRequest(StreamInput in) throws IOException {
        super(in);
        tracker = in.readString();
        user = in.readString();
        body = in.readMap();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeString(tracker);
        out.writeString(user);
        out.writeMap(body);
    }

    @Override
    public ActionRequestValidationException validate() {
        return null;
    }
}
