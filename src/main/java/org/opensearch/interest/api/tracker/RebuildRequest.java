package org.opensearch.interest.api.tracker;

import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.interest.api.feature.TrackerTaskRequest;
import org.opensearch.interest.cluster.profiles.ProfileRebuild;
import org.opensearch.tasks.Task;

import java.io.IOException;

/** Request to rebuild a tracker's profiles from its history, with its current configuration. */
public final class RebuildRequest extends TrackerTaskRequest {
    /**
     * @param keepResult whether the task's result is stored for later requests, because the client does not wait for it
     */
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
    protected Task.Status start() {
        return new RebuildStatus(ProfileRebuild.Result.NONE);
    }
}
