package org.opensearch.interest.tracker;

import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.tasks.TaskId;
import org.opensearch.interest.feature.TrackerTaskRequest;
import org.opensearch.tasks.Task;

import java.io.IOException;
import java.util.Map;

/** Fit a tracker's geometry to its items as they are now. */
public final class CalibrateRequest extends TrackerTaskRequest {
    /** @param keepResult whether the task's result is stored for whoever asks for it later, since nobody waits for it */
    public CalibrateRequest(String tracker, boolean keepResult) {
        super(tracker, keepResult);
    }

    public CalibrateRequest(StreamInput in) throws IOException {
        super(in);
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
