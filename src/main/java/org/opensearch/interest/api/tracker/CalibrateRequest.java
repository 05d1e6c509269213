package org.opensearch.interest.api.tracker;

import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.interest.api.feature.TrackerTaskRequest;
import org.opensearch.interest.cluster.calibration.GeometryFitter;
import org.opensearch.tasks.Task;

import java.io.IOException;

/**
 * Request to fit a tracker's geometry to its current items, to build its engagement snapshot from the history, or both.
 */
public final class CalibrateRequest extends TrackerTaskRequest {
    /** whether the geometry is fitted */
    final boolean items;
    /** whether the engagement snapshot is built */
    final boolean users;

    private CalibrateRequest(String tracker, boolean keepResult, boolean items, boolean users) {
        super(tracker, keepResult);
        this.items = items;
        this.users = users;
    }

    /**
     * Creates a request for both.
     *
     * @param keepResult whether the task's result is stored for later requests, because the client does not wait for it
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
     * Returns whether the caller vouches that the current version of the model made the items' vectors. A client does,
     * with a request for both; the plugin, which requests one of the two at a time, does not.
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
