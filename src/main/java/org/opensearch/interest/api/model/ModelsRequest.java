package org.opensearch.interest.api.model;

import org.opensearch.action.support.nodes.BaseNodesRequest;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.transport.TransportRequest;

import java.io.IOException;
import java.util.Optional;

/**
 * Request for all models, or for one by its id, on every node. It asks every node to find those that hold different
 * files under one model id.
 */
public final class ModelsRequest extends BaseNodesRequest<ModelsRequest> {
    private final Optional<String> modelId;

    public ModelsRequest(Optional<String> modelId) {
        super(new String[0]);
        this.modelId = modelId;
    }

    ModelsRequest(StreamInput in) throws IOException {
        super(in);
        modelId = Optional.ofNullable(in.readOptionalString());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeOptionalString(modelId.orElse(null));
    }

    Optional<String> modelId() {
        return modelId;
    }

    /** Part of the request for one node. */
    static final class OfNode extends TransportRequest {
        private final Optional<String> modelId;

        OfNode(Optional<String> modelId) {
            this.modelId = modelId;
        }

        OfNode(StreamInput in) throws IOException {
            super(in);
            modelId = Optional.ofNullable(in.readOptionalString());
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            super.writeTo(out);
            out.writeOptionalString(modelId.orElse(null));
        }

        Optional<String> modelId() {
            return modelId;
        }
    }
}
