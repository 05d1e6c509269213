package org.opensearch.interest.api.evaluation;

import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.tasks.Task;

import java.io.IOException;

/**
 * How far an evaluation is. A cancelled one leaves no report and changes no tracker.
 *
 * @param stage what it is at, in words
 * @param done  how much of it
 * @param of    0 where that is not known
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
