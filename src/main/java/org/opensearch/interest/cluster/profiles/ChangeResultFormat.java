package org.opensearch.interest.cluster.profiles;

import org.opensearch.OpenSearchStatusException;
import org.opensearch.ResourceNotFoundException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.interest.core.tracking.ChangeRefusedException;
import org.opensearch.interest.core.tracking.ChangeResult;

import java.io.IOException;

/**
 * Wire form of {@link ChangeResult}. A refused change is sent as an exception that carries its HTTP status. Stateless.
 */
public final class ChangeResultFormat {
    private ChangeResultFormat() {}

    public static void write(StreamOutput out, ChangeResult result) throws IOException {
        out.writeBoolean(result.failure() == null);
        if (result.failure() != null) {
            out.writeException(result.failure());
            return;
        }
        out.writeEnum(result.outcome());
        out.writeBoolean(result.replay() != null);
        if (result.replay() != null) {
            out.writeVLong(result.replay().events());
            out.writeVLong(result.replay().missing());
        }
    }

    public static ChangeResult read(StreamInput in) throws IOException {
        if (in.readBoolean() == false) {
            return ChangeResult.failed(in.readException());
        }
        ChangeResult.Outcome outcome = in.readEnum(ChangeResult.Outcome.class);
        return new ChangeResult(
            outcome, null, in.readBoolean() ? new ChangeResult.Replay(in.readVLong(), in.readVLong()) : null
        );
    }

    /**
     * Returns the result with the core's {@link ChangeRefusedException} replaced by an OpenSearch exception with status
     * 404 or 409.
     */
    static ChangeResult withStatus(ChangeResult result) {
        if (result.failure() instanceof ChangeRefusedException refused) {
            return ChangeResult.failed(switch (refused.reason()) {
                case NO_SUCH_EVENT -> new ResourceNotFoundException(refused.getMessage());
                case SHARE_UNKNOWN -> new OpenSearchStatusException(refused.getMessage(), RestStatus.CONFLICT);
            });
        }
        return result;
    }
}
