package org.opensearch.interest.cluster.explanation;

import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;

import java.io.IOException;
import java.util.List;

/** One story an item, in the order in which they were asked for. */
public final class ExplainHitsResponse extends ActionResponse {
    private final List<Explanation> stories;

    public ExplainHitsResponse(List<Explanation> stories) {
        this.stories = List.copyOf(stories);
    }

    public ExplainHitsResponse(StreamInput in) throws IOException {
        stories = in.readList(Explanation::readFrom);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeCollection(stories);
    }

    public List<Explanation> stories() {
        return stories;
    }
}
