package org.opensearch.interest.api.feature;

import org.opensearch.core.tasks.TaskCancelledException;
import org.opensearch.core.tasks.TaskId;
import org.opensearch.tasks.CancellableTask;
import org.opensearch.tasks.Task;

import java.util.Map;

/** Task with a progress status. Cancelling it stops it at its next step. */
public final class ProgressTask extends CancellableTask {
    private volatile Task.Status status;

    /** @param start the status before the first step */
    ProgressTask(
        long id, String type, String action, String description, TaskId parent, Map<String, String> headers,
        Task.Status start
    ) {
        super(id, type, action, description, parent, headers);
        status = start;
    }

    /**
     * Sets the status.
     *
     * @throws TaskCancelledException if the task was cancelled
     */
    public void at(Task.Status now) {
        if (isCancelled()) {
            throw new TaskCancelledException(
                "[interest] cancelled while it " + getDescription() + ": " + getReasonCancelled()
            );
        }
        status = now;
    }

    @Override
    public Task.Status getStatus() {
        return status;
    }

    @Override
    public boolean shouldCancelChildrenOnCancellation() {
        return true;
    }
}
