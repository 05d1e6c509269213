package org.opensearch.interest.api.tracker;

import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.tasks.TaskId;
import org.opensearch.interest.api.feature.TrackerTaskRequest;
import org.opensearch.tasks.Task;

import java.io.IOException;
import java.util.Map;

/** Make a tracker's profiles anew from its history, under its configuration of now. */
public final class RebuildRequest extends TrackerTaskRequest {
    /** @param keepResult whether the task's result is stored for whoever asks for it later, since nobody waits for it */
    public RebuildRequest(String tracker, boolean keepResult) {
        super(tracker, keepResult);
    }

    public RebuildRequest(StreamInput in) throws IOException {
        super(in);
    }

    @Override
    public String getDescription() {
        return "rebuilds the profiles of tracker [" + tracker + "]";
    }

    @Override
    public Task createTask(long id, String type, String action, TaskId parent, Map<String, String> headers) {
        return new RebuildTask(id, type, action, getDescription(), parent, headers);
    }
}
