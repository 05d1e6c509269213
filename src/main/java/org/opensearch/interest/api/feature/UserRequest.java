package org.opensearch.interest.api.feature;

import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionRequestValidationException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;

/** Request about one user of a tracker, with its body as it was sent; the body is empty if the request needs none. */
public final class UserRequest extends ActionRequest {
    public final String tracker;
    public final String user;
    public final Map<String, Object> body;

    public UserRequest(String tracker, String user, Map<String, Object> body) {
        this.tracker = Objects.requireNonNull(tracker, "tracker");
        this.user = Objects.requireNonNull(user, "user");
        this.body = Objects.requireNonNull(body, "body");
    }

    public UserRequest(StreamInput in) throws IOException {
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
