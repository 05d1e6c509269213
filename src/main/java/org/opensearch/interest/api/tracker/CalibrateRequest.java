package org.opensearch.interest.api.tracker;

import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.interest.api.feature.TrackerTaskRequest;
import org.opensearch.interest.cluster.calibration.GeometryFitter;
import org.opensearch.tasks.Task;

import java.io.IOException;

/** Fit a tracker's geometry to its items as they are now, learn from its history what its users took up, or both. */
public final class CalibrateRequest extends TrackerTaskRequest {
    /** Whether its geometry is fitted. */
    final boolean items;
    /** Whether it learns what users took up. */
    final boolean users;

    private CalibrateRequest(String tracker, boolean keepResult, boolean items, boolean users) {
        super(tracker, keepResult);
        this.items = items;
        this.users = users;
    }

    /**
     * Both.
     *
     * @param keepResult whether the task's result is stored for a later request, since no client waits for it
     */
    public CalibrateRequest(String tracker, boolean keepResult) {
        this(tracker, keepResult, true, true);
    }

    static CalibrateRequest toItems(String tracker) {
        return new CalibrateRequest(tracker, false, true, false);
    }

    static CalibrateRequest toUsers(String tracker) {
        return new CalibrateRequest(tracker, false, false, true);
    }

    public CalibrateRequest(StreamInput in) throws IOException {
        super(in);
        items = in.readBoolean();
        users = in.readBoolean();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeBoolean(items);
        out.writeBoolean(users);
    }

    /**
     * True if the caller knows that the items' vectors are by the model's present version. The plugin's own requests do
     * not know.
     */
    boolean vouched() {
        return items && users;
    }

    @Override
    public String getDescription() {
        return "calibrates tracker [" + tracker + "]";
    }

    @Override
    protected Task.Status start() {
        return new CalibrateStatus(GeometryFitter.Stage.SAMPLING, 0);
    }
}
