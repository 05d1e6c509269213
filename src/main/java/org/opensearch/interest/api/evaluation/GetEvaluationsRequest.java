package org.opensearch.interest.api.evaluation;

import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionRequestValidationException;
import org.opensearch.common.Nullable;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;

import java.io.IOException;

/** Request for one stored report of a tracker by its id, or for the list of all. */
public final class GetEvaluationsRequest extends ActionRequest {
    final String tracker;
    /** null for the list */
    final String id;

    public GetEvaluationsRequest(String tracker, @Nullable String id) {
        this.tracker = tracker;
        this.id = id;
    }

    public GetEvaluationsRequest(StreamInput in) throws IOException {
        super(in);
        tracker = in.readString();
        id = in.readOptionalString();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeString(tracker);
        out.writeOptionalString(id);
    }

    @Override
    public ActionRequestValidationException validate() {
        return null;
    }
}
