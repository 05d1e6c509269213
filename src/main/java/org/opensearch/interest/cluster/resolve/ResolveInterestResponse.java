package org.opensearch.interest.cluster.resolve;

import org.opensearch.common.Nullable;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.interest.core.experiment.Experiment;
import org.opensearch.interest.core.tracking.ExperimentJson;
import org.opensearch.interest.core.tracking.VariantAssignment;

import java.io.IOException;
import java.util.Objects;

public final class ResolveInterestResponse extends ActionResponse {
    private final ResolvedInterest interest;
    @Nullable
    private final VariantAssignment participation;

    public ResolveInterestResponse(ResolvedInterest interest) {
        this(interest, null);
    }

    /**
     * @param participation the user's part in the tracker's experiment; null where there is none, or the user takes
     *                      part in nothing
     */
    public ResolveInterestResponse(ResolvedInterest interest, @Nullable VariantAssignment participation) {
        this.interest = Objects.requireNonNull(interest, "interest");
        this.participation = participation;
    }

    public ResolveInterestResponse(StreamInput in) throws IOException {
        super(in);
        interest = ResolvedInterest.readFrom(in);
        participation = in.readBoolean() ? participation(in) : null;
    }

    private static VariantAssignment participation(StreamInput in) throws IOException {
        Experiment experiment = ExperimentJson.parse(in.readMap());
        return new VariantAssignment(experiment, experiment.variant(in.readString()).orElseThrow());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        interest.writeTo(out);
        out.writeBoolean(participation != null);
        if (participation != null) {
            out.writeMap(ExperimentJson.write(participation.experiment()));
            out.writeString(participation.variant().name());
        }
    }

    public ResolvedInterest interest() {
        return interest;
    }

    @Nullable
    public VariantAssignment participation() {
        return participation;
    }
}
