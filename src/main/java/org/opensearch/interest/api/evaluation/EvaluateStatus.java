package org.opensearch.interest.api.evaluation;

import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.tasks.Task;

import java.io.IOException;

/**
 * Progress of an evaluation. A cancelled evaluation leaves no report and changes no tracker.
 *
 * @param stage name of the current stage, for people
 * @param done  completed part of the stage, in events, items or steps
 * @param of    total of the stage in the same unit; 0 if it is unknown
 */
record EvaluateStatus(String stage, int done, int of) implements Task.Status {
    static final String NAME = "interest_evaluation";

    EvaluateStatus(StreamInput in) throws IOException {
        this(in.readString(), in.readVInt(), in.readVInt());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeString(stage);
        out.writeVInt(done);
        out.writeVInt(of);
    }

    @Override
    public String getWriteableName() {
        return NAME;
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        return builder.startObject().field("stage", stage).field("done", done).field("of", of).endObject();
    }
}
