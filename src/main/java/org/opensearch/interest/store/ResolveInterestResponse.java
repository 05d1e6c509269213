package org.opensearch.interest.store;

import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;

import java.io.IOException;
import java.util.Objects;

public final class ResolveInterestResponse extends ActionResponse {
    private final ResolvedInterest interest;

    public ResolveInterestResponse(ResolvedInterest interest) {
        this.interest = Objects.requireNonNull(interest, "interest");
    }

    public ResolveInterestResponse(StreamInput in) throws IOException {
        super(in);
        interest = ResolvedInterest.readFrom(in);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        interest.writeTo(out);
    }

    public ResolvedInterest interest() {
        return interest;
    }
}
