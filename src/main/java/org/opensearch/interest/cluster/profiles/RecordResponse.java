package org.opensearch.interest.cluster.profiles;

import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.interest.core.tracking.ChangeResult;

import java.io.IOException;
import java.util.List;

/** Response with one result per entry, in the request's order. */
final class RecordResponse extends ActionResponse {
    final List<ChangeResult> results;

    RecordResponse(List<ChangeResult> results) {
        this.results = results;
    }

    RecordResponse(StreamInput in) throws IOException {
        results = in.readList(ChangeResultFormat::read);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeCollection(results, ChangeResultFormat::write);
    }
}
