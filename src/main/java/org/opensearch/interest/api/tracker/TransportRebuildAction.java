package org.opensearch.interest.api.tracker;

import org.opensearch.action.ActionType;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.api.feature.ProgressTask;
import org.opensearch.interest.cluster.history.EventHistory;
import org.opensearch.interest.cluster.profiles.ProfileRebuild;
import org.opensearch.interest.cluster.profiles.ProfileRecorder;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.tasks.Task;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.TransportService;

import java.util.concurrent.TimeUnit;

/** Rebuilds a tracker's profiles from its history. */
public final class TransportRebuildAction extends HandledTransportAction<RebuildRequest, RebuildResponse> {
    public static final String NAME = "cluster:admin/opensearch/interest/tracker/rebuild";
    public static final ActionType<RebuildResponse> TYPE = new ActionType<>(NAME, RebuildResponse::new);

    private final TransportService transportService;
    private final TrackerStore trackers;
    private final ProfileRebuild rebuilding;

    @Inject
    public TransportRebuildAction(
        TransportService transportService, ActionFilters filters, TrackerStore trackers, EventHistory history,
        ProfileRecorder recorder, ThreadPool threadPool
    ) {
        super(NAME, transportService, filters, RebuildRequest::new);
        this.transportService = transportService;
        this.trackers = trackers;
        this.rebuilding = new ProfileRebuild(history, recorder, threadPool);
    }

    @Override
    protected void doExecute(Task task, RebuildRequest request, ActionListener<RebuildResponse> listener) {
        long start = System.nanoTime();
        ProgressTask rebuild = (ProgressTask) task;
        ProfileRebuild.Progress progress = new ProfileRebuild.Progress() {
            @Override
            public void at(ProfileRebuild.Result soFar) {
                rebuild.at(new RebuildStatus(soFar));
            }

            @Override
            public void own(SearchRequest search) {
                search.setParentTask(transportService.getLocalNode().getId(), rebuild.getId());
            }
        };
        trackers.get(request.tracker, ActionListener.wrap(tracker -> {
            rebuilding.run(tracker, progress, ActionListener.map(listener, result -> {
                return new RebuildResponse(
                    request.tracker, result, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)
                );
            }));
        }, listener::onFailure));
    }
}
