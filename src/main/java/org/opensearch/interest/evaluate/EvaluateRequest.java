package org.opensearch.interest.evaluate;

import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionRequestValidationException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.tasks.TaskId;
import org.opensearch.tasks.Task;

import java.io.IOException;
import java.util.Map;

/** Evaluate a tracker. Its description, which lists of tasks show, names nobody. */
public final class EvaluateRequest extends ActionRequest {
    final String tracker;
    final Map<String, Object> body;
    final boolean apply;
    private final boolean keepResult;

    /**
     * @param body       see {@link EvaluateOptions}
     * @param apply      whether the tracker gets the settings that are better, where there are any
     * @param keepResult whether the task's result is stored for whoever asks for it later, since nobody waits for it
     */
    public EvaluateRequest(String tracker, Map<String, Object> body, boolean apply, boolean keepResult) {
        this.tracker = tracker;
        this.body = body;
        this.apply = apply;
        this.keepResult = keepResult;
    }

    public EvaluateRequest(StreamInput in) throws IOException {
        super(in);
        tracker = in.readString();
        body = in.readMap();
        apply = in.readBoolean();
        keepResult = in.readBoolean();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeString(tracker);
        out.writeMap(body);
        out.writeBoolean(apply);
        out.writeBoolean(keepResult);
    }

    @Override
    public ActionRequestValidationException validate() {
        return null;
    }

    @Override
    public boolean getShouldStoreResult() {
        return keepResult;
    }

    @Override
    public String getDescription() {
        return "evaluates tracker [" + tracker + "]";
    }

    @Override
    public Task createTask(long id, String type, String action, TaskId parent, Map<String, String> headers) {
        return new EvaluateTask(id, type, action, getDescription(), parent, headers);
    }
}
