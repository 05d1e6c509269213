package org.opensearch.interest.api.user;

import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionRequestValidationException;
import org.opensearch.common.Nullable;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;

import java.io.IOException;

public final class GetUserRequest extends ActionRequest {
    final String tracker;
    final String user;
    final boolean vectors;
    final boolean explain;
    /** null for now */
    final String at;

    public GetUserRequest(String tracker, String user, boolean vectors, boolean explain, @Nullable String at) {
        this.tracker = tracker;
        this.user = user;
        this.vectors = vectors;
        this.explain = explain;
        this.at = at;
    }

    /** Creates a request without an explanation. */
    public GetUserRequest(String tracker, String user, boolean vectors, @Nullable String at) {
        this(tracker, user, vectors, false, at);
    }

    public GetUserRequest(StreamInput in) throws IOException {
        super(in);
        tracker = in.readString();
        user = in.readString();
        vectors = in.readBoolean();
        explain = in.readBoolean();
        at = in.readOptionalString();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeString(tracker);
        out.writeString(user);
        out.writeBoolean(vectors);
        out.writeBoolean(explain);
        out.writeOptionalString(at);
    }

    @Override
    public ActionRequestValidationException validate() {
        return null;
    }
}
