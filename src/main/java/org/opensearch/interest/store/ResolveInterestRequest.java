package org.opensearch.interest.store;

import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionRequestValidationException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;

import java.io.IOException;
import java.util.Objects;

/** Who is searching, under which tracker. An unknown tracker answers 404; an unknown user is nobody, and no error. */
public final class ResolveInterestRequest extends ActionRequest {
    private final String tracker;
    private final String user;

    public ResolveInterestRequest(String tracker, String user) {
        this.tracker = Objects.requireNonNull(tracker, "tracker");
        this.user = Objects.requireNonNull(user, "user");
    }

    public ResolveInterestRequest(StreamInput in) throws IOException {
        super(in);
        tracker = in.readString();
        user = in.readString();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeString(tracker);
        out.writeString(user);
    }

    @Override
    public ActionRequestValidationException validate() {
        return null;
    }

    public String tracker() {
        return tracker;
    }

    public String user() {
        return user;
    }
}
