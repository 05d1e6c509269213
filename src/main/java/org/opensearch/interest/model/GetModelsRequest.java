package org.opensearch.interest.model;

import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionRequestValidationException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;

import java.io.IOException;
import java.util.Optional;

/** All models, or the one of a name. */
public final class GetModelsRequest extends ActionRequest {
    private final Optional<String> modelId;

    public GetModelsRequest(Optional<String> modelId) {
        this.modelId = modelId;
    }

    public GetModelsRequest(StreamInput in) throws IOException {
        super(in);
        modelId = Optional.ofNullable(in.readOptionalString());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeOptionalString(modelId.orElse(null));
    }

    @Override
    public ActionRequestValidationException validate() {
        return null;
    }

    Optional<String> modelId() {
        return modelId;
    }
}
