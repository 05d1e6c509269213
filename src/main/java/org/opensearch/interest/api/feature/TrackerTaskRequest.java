package org.opensearch.interest.api.feature;

import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionRequestValidationException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.tasks.TaskId;
import org.opensearch.tasks.Task;

import java.io.IOException;
import java.util.Map;

/** Request for a long operation on a tracker, which runs as a task with a visible status. */
public abstract class TrackerTaskRequest extends ActionRequest {
    public final String tracker;
    private final boolean keepResult;

    /**
     * @param keepResult whether the task's result is stored for later requests, because the client does not wait for it
     */
    protected TrackerTaskRequest(String tracker, boolean keepResult) {
        this.tracker = tracker;
        this.keepResult = keepResult;
    }

    protected TrackerTaskRequest(StreamInput in) throws IOException {
        super(in);
        tracker = in.readString();
        keepResult = in.readBoolean();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeString(tracker);
        out.writeBoolean(keepResult);
    }

    @Override
    public final ActionRequestValidationException validate() {
        return null;
    }

    /** Returns the task's status before the first step. */
    protected abstract Task.Status start();

    /** @return a {@link ProgressTask} */
    @Override
    public final Task createTask(long id, String type, String action, TaskId parent, Map<String, String> headers) {
        return new ProgressTask(id, type, action, getDescription(), parent, headers, start());
    }

    @Override
    public final boolean getShouldStoreResult() {
        return keepResult;
    }
}
