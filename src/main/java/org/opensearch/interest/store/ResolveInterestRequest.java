package org.opensearch.interest.store;

import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionRequestValidationException;
import org.opensearch.common.Nullable;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;

import java.io.IOException;
import java.util.Objects;

/**
 * Who is searching, under which tracker. An unknown tracker answers 404; an unknown user is nobody, and no error. Without a user
 * the answer is nobody, too: it tells the field of the tracker's item vectors.
 */
public final class ResolveInterestRequest extends ActionRequest {
    private final String tracker;
    @Nullable
    private final String user;

    public ResolveInterestRequest(String tracker, @Nullable String user) {
        this.tracker = Objects.requireNonNull(tracker, "tracker");
        this.user = user;
    }

    public ResolveInterestRequest(StreamInput in) throws IOException {
        super(in);
        tracker = in.readString();
        user = in.readOptionalString();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeString(tracker);
        out.writeOptionalString(user);
    }

    @Override
    public ActionRequestValidationException validate() {
        return null;
    }

    public String tracker() {
        return tracker;
    }

    @Nullable
    public String user() {
        return user;
    }
}
