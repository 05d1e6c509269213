package org.opensearch.interest.user;

import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionRequestValidationException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;

import java.io.IOException;
import java.util.Map;

/** A tracker's user, and what is asked for as it was sent: empty where nothing needs to be said. */
public final class UserRequest extends ActionRequest {
    final String tracker;
    final String user;
    final Map<String, Object> body;

    public UserRequest(String tracker, String user, Map<String, Object> body) {
        this.tracker = tracker;
        this.user = user;
        this.body = body;
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
