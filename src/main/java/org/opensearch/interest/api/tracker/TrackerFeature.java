package org.opensearch.interest.api.tracker;

import org.opensearch.action.ActionRequest;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.NamedWriteableRegistry;
import org.opensearch.interest.api.feature.Feature;
import org.opensearch.plugins.ActionPlugin.ActionHandler;
import org.opensearch.rest.RestHandler;
import org.opensearch.tasks.Task;

import java.util.List;

/** Feature: trackers, their calibration and the rebuild of their profiles. */
public final class TrackerFeature implements Feature {
    @Override
    public List<ActionHandler<? extends ActionRequest, ? extends ActionResponse>> actions() {
        return List.of(
            new ActionHandler<>(TransportPutTrackerAction.TYPE, TransportPutTrackerAction.class),
            new ActionHandler<>(TransportGetTrackersAction.TYPE, TransportGetTrackersAction.class),
            new ActionHandler<>(TransportDeleteTrackerAction.TYPE, TransportDeleteTrackerAction.class),
            new ActionHandler<>(TransportCalibrateAction.TYPE, TransportCalibrateAction.class),
            new ActionHandler<>(TransportRebuildAction.TYPE, TransportRebuildAction.class)
        );
    }

    @Override
    public List<RestHandler> restHandlers() {
        return List.of(new RestTrackerAction(), new RestCalibrateAction(), new RestRebuildAction());
    }

    @Override
    public List<NamedWriteableRegistry.Entry> taskStatuses() {
        return List.of(
            new NamedWriteableRegistry.Entry(Task.Status.class, CalibrateStatus.NAME, CalibrateStatus::new),
            new NamedWriteableRegistry.Entry(Task.Status.class, RebuildStatus.NAME, RebuildStatus::new)
        );
    }
}
