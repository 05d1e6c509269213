package org.opensearch.interest.tracker;

import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.tasks.TaskId;
import org.opensearch.interest.feature.TrackerTaskRequest;
import org.opensearch.tasks.Task;

import java.io.IOException;
import java.util.Map;

/** Fit a tracker's geometry to its items as they are now. */
public final class CalibrateRequest extends TrackerTaskRequest {
    private final boolean vouched;

    /** @param keepResult whether the task's result is stored for whoever asks for it later, since nobody waits for it */
    public CalibrateRequest(String tracker, boolean keepResult) {
        this(tracker, keepResult, true);
    }

    private CalibrateRequest(String tracker, boolean keepResult, boolean vouched) {
        super(tracker, keepResult);
        this.vouched = vouched;
    }

    /** As the plugin asks for it by itself, which does not know what made the items' vectors. */
    static CalibrateRequest bySelf(String tracker) {
        return new CalibrateRequest(tracker, false, false);
    }

    public CalibrateRequest(StreamInput in) throws IOException {
        super(in);
        vouched = in.readBoolean();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeBoolean(vouched);
    }

    /** Whether whoever asks knows that the items' vectors are by the model as it is now. */
    boolean vouched() {
        return vouched;
    }

    @Override
    public String getDescription() {
        return "calibrates tracker [" + tracker + "]";
    }

    @Override
    public Task createTask(long id, String type, String action, TaskId parent, Map<String, String> headers) {
        return new CalibrateTask(id, type, action, getDescription(), parent, headers);
    }
}
