package org.opensearch.interest.cluster.explanation;

import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;

import java.io.IOException;
import java.util.List;

/** Response with one explanation per item, in the request's order. */
public final class ExplainHitsResponse extends ActionResponse {
    private final List<Explanation> explanations;

    public ExplainHitsResponse(List<Explanation> explanations) {
        this.explanations = List.copyOf(explanations);
    }

    public ExplainHitsResponse(StreamInput in) throws IOException {
        explanations = in.readList(Explanation::readFrom);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeCollection(explanations);
    }

    public List<Explanation> explanations() {
        return explanations;
    }
}
