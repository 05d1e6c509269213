package org.opensearch.interest.api.evaluation;

import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.tasks.TaskCancelledException;
import org.opensearch.core.tasks.TaskId;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.tasks.CancellableTask;
import org.opensearch.tasks.Task;

import java.io.IOException;
import java.util.Map;

/** An evaluation under way: its status says how far it is. A cancelled one leaves no report and changes no tracker. */
public final class EvaluateTask extends CancellableTask {
    private volatile Status status = new Status("waiting", 0, 0);

    /**
     * @param stage what it is at, in words
     * @param done  how much of it
     * @param of    0 where nobody knows
     */
    public record Status(String stage, int done, int of) implements Task.Status {
        public static final String NAME = "interest_evaluation";

        public Status(StreamInput in) throws IOException {
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

    EvaluateTask(long id, String type, String action, String description, TaskId parent, Map<String, String> headers) {
        super(id, type, action, description, parent, headers);
    }

    /** @throws TaskCancelledException where somebody cancelled it */
    void at(String stage, int done, int of) {
        if (isCancelled()) {
            throw new TaskCancelledException("[interest] cancelled while it " + getDescription() + ": " + getReasonCancelled());
        }
        status = new Status(stage, done, of);
    }

    @Override
    public Status getStatus() {
        return status;
    }

    @Override
    public boolean shouldCancelChildrenOnCancellation() {
        return true;
    }
}
