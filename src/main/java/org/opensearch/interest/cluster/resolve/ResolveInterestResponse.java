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
    private final VariantAssignment assignment;

    public ResolveInterestResponse(ResolvedInterest interest) {
        this(interest, null);
    }

    /**
     * @param assignment the user's variant in the tracker's experiment; null if there is none, or the user takes no
     *                   part
     */
    public ResolveInterestResponse(ResolvedInterest interest, @Nullable VariantAssignment assignment) {
        this.interest = Objects.requireNonNull(interest, "interest");
        this.assignment = assignment;
    }

    public ResolveInterestResponse(StreamInput in) throws IOException {
        super(in);
        interest = ResolvedInterest.readFrom(in);
        assignment = in.readBoolean() ? assignment(in) : null;
    }

    private static VariantAssignment assignment(StreamInput in) throws IOException {
        Experiment experiment = ExperimentJson.parse(in.readMap());
        return new VariantAssignment(experiment, experiment.variant(in.readString()).orElseThrow());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        interest.writeTo(out);
        out.writeBoolean(assignment != null);
        if (assignment != null) {
            out.writeMap(ExperimentJson.write(assignment.experiment()));
            out.writeString(assignment.variant().name());
        }
    }

    public ResolvedInterest interest() {
        return interest;
    }

    @Nullable
    public VariantAssignment assignment() {
        return assignment;
    }
}
