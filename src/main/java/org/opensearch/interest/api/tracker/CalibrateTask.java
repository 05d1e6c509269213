package org.opensearch.interest.api.tracker;

import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.tasks.TaskCancelledException;
import org.opensearch.core.tasks.TaskId;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.interest.cluster.calibration.GeometryFitter;
import org.opensearch.tasks.CancellableTask;
import org.opensearch.tasks.Task;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** A calibration under way: its status says how far it is, and cancelling it changes nothing that is in use. */
public final class CalibrateTask extends CancellableTask {
    private volatile Status status = new Status(GeometryFitter.Stage.SAMPLING, 0);

    /** @param items seen so far */
    public record Status(GeometryFitter.Stage stage, int items) implements Task.Status {
        public static final String NAME = "interest_calibration";

        public Status(StreamInput in) throws IOException {
            this(in.readEnum(GeometryFitter.Stage.class), in.readVInt());
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            out.writeEnum(stage);
            out.writeVInt(items);
        }

        @Override
        public String getWriteableName() {
            return NAME;
        }

        @Override
        public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
            return builder.startObject().field("stage", stage.name().toLowerCase(Locale.ROOT)).field("items", items).endObject();
        }
    }

    CalibrateTask(long id, String type, String action, String description, TaskId parent, Map<String, String> headers) {
        super(id, type, action, description, parent, headers);
    }

    /** @throws TaskCancelledException where somebody cancelled it */
    void at(GeometryFitter.Stage stage, int items) {
        if (isCancelled()) {
            throw new TaskCancelledException("[interest] cancelled while it " + getDescription() + ": " + getReasonCancelled());
        }
        status = new Status(stage, items);
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
