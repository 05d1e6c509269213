package org.opensearch.interest.api.evaluation;

import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.interest.api.feature.TrackerTaskRequest;
import org.opensearch.tasks.Task;

import java.io.IOException;
import java.util.Map;

/** Request to evaluate a tracker. Its description, which task lists show, contains no user id. */
public final class EvaluateRequest extends TrackerTaskRequest {
    final Map<String, Object> body;
    final boolean apply;

    /**
     * @param body       see {@link EvaluateOptions}
     * @param apply      whether the tracker receives the better settings, if there are any
     * @param keepResult whether the task's result is stored for later requests, because the client does not wait for it
     */
    public EvaluateRequest(String tracker, Map<String, Object> body, boolean apply, boolean keepResult) {
        super(tracker, keepResult);
        this.body = body;
        this.apply = apply;
    }

    public EvaluateRequest(StreamInput in) throws IOException {
        super(in);
        body = in.readMap();
        apply = in.readBoolean();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeMap(body);
        out.writeBoolean(apply);
    }

    @Override
    public String getDescription() {
        return "evaluates tracker [" + tracker + "]";
    }

    @Override
    protected Task.Status start() {
        return new EvaluateStatus("waiting", 0, 0);
    }
}
