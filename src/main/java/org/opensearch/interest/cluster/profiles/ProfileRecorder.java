package org.opensearch.interest.cluster.profiles;

import org.opensearch.ExceptionsHelper;
import org.opensearch.OpenSearchStatusException;
import org.opensearch.action.ActionListenerResponseHandler;
import org.opensearch.action.support.GroupedActionListener;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.cluster.ClusterState;
import org.opensearch.cluster.node.DiscoveryNode;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.inject.Inject;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.interest.cluster.store.InterestIndex;
import org.opensearch.interest.cluster.store.PrimaryLocator;
import org.opensearch.interest.cluster.store.ProfileId;
import org.opensearch.interest.core.profile.ProfileChange;
import org.opensearch.interest.core.tracking.ChangeResult;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.UserId;
import org.opensearch.transport.ConnectTransportException;
import org.opensearch.transport.NodeDisconnectedException;
import org.opensearch.transport.ReceiveTimeoutTransportException;
import org.opensearch.transport.RemoteTransportException;
import org.opensearch.transport.TransportRequestOptions;
import org.opensearch.transport.TransportService;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sends each change to the node that writes its profile, so that each profile has one writer. Thread-safe. */
public final class ProfileRecorder {
    /** Longer than a write waits for its primary shard (one minute), so that the shard's answer comes first. */
    private static final TimeValue DEADLINE = TimeValue.timeValueSeconds(90);

    /** Thousands of texts may have to be embedded again. */
    private static final TimeValue REBUILD_DEADLINE = TimeValue.timeValueMinutes(30);

    private final TransportService transport;
    private final ClusterService clusterService;
    private final InterestIndex indices;
    private final PrimaryLocator primaries;
    private final TimeValue deadline;

    @Inject
    public ProfileRecorder(TransportService transport, ClusterService clusterService, InterestIndex indices) {
        this(transport, clusterService, indices, DEADLINE);
    }

    /** @param deadline of all changes except rebuilds */
    ProfileRecorder(
        TransportService transport, ClusterService clusterService, InterestIndex indices, TimeValue deadline
    ) {
        this.deadline = deadline;
        this.transport = transport;
        this.clusterService = clusterService;
        this.indices = indices;
        this.primaries = new PrimaryLocator(clusterService);
    }

    /**
     * Rebuilds profiles from their events in the history. Each rebuild waits in its profile's queue, and changes that
     * arrive later are applied after it.
     *
     * @param profileIds a few ids, since each profile takes the time of reading its events and embedding their texts
     * @param listener   receives one result per id, in their order
     */
    public void rebuild(Tracker tracker, List<String> profileIds, ActionListener<List<ChangeResult>> listener) {
        List<RecordRequest.Entry> entries = profileIds.stream()
            .map(id -> new RecordRequest.Entry(id, new ProfileChange.Rebuild()))
            .toList();
        record(tracker, entries, RefreshPolicy.NONE, listener);
    }

    /**
     * Changes one profile, in one write. A failed change does not affect the others; the listener fails with the first
     * failure.
     */
    public void change(Tracker tracker, UserId user, List<ProfileChange> changes, ActionListener<Void> listener) {
        change(tracker, ProfileId.of(tracker, user), changes, listener);
    }

    void change(Tracker tracker, String profileId, List<ProfileChange> changes, ActionListener<Void> listener) {
        List<RecordRequest.Entry> entries = changes.stream()
            .map(change -> new RecordRequest.Entry(profileId, change))
            .toList();
        record(tracker, entries, RefreshPolicy.NONE, ActionListener.wrap(results -> {
            Optional<ChangeResult> failed = results.stream().filter(result -> result.failure() != null).findFirst();
            if (failed.isPresent()) {
                listener.onFailure(failed.get().failure());
            } else {
                listener.onResponse(null);
            }
        }, listener::onFailure));
    }

    /**
     * Applies changes to profiles.
     *
     * @param listener receives one result per entry, in their order; a failed entry does not affect the others
     */
    public void record(
        Tracker tracker, List<RecordRequest.Entry> entries, RefreshPolicy refresh,
        ActionListener<List<ChangeResult>> listener
    ) {
        if (entries.isEmpty()) {
            listener.onResponse(List.of());
            return;
        }
        String index = InterestIndex.profiles(tracker.name());
        indices.ensure(
            index, ActionListener.wrap(ready -> send(tracker, index, entries, refresh, listener), listener::onFailure)
        );
    }

    /** The entries of one request that one node writes, by their position in it. */
    private record NodeBatch(List<Integer> positions, List<RecordRequest.Entry> entries) {
        NodeBatch() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    private void send(
        Tracker tracker, String index, List<RecordRequest.Entry> entries, RefreshPolicy refresh,
        ActionListener<List<ChangeResult>> listener
    ) {
        ClusterState state = clusterService.state();
        Map<DiscoveryNode, NodeBatch> batches = new LinkedHashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            NodeBatch batch = batches
                .computeIfAbsent(primaries.of(state, index, entries.get(i).profileId()), node -> new NodeBatch());
            batch.positions().add(i);
            batch.entries().add(entries.get(i));
        }
        ChangeResult[] results = new ChangeResult[entries.size()];
        ActionListener<Collection<Void>> all = ActionListener
            .wrap(done -> listener.onResponse(List.of(results)), listener::onFailure);
        GroupedActionListener<Void> each = new GroupedActionListener<>(all, batches.size());
        batches.forEach((node, batch) -> {
            RecordRequest request = new RecordRequest(tracker, batch.entries(), refresh);
            send(node, request, ActionListener.wrap(response -> {
                fill(results, batch, response.results);
                each.onResponse(null);
            }, e -> {
                fill(results, batch, batch.entries().stream().map(entry -> ChangeResult.failed(e)).toList());
                each.onResponse(null);
            }));
        });
    }

    private static void fill(ChangeResult[] results, NodeBatch batch, List<ChangeResult> batchResults) {
        for (int i = 0; i < batchResults.size(); i++) {
            results[batch.positions().get(i)] = batchResults.get(i);
        }
    }

    private void send(DiscoveryNode node, RecordRequest request, ActionListener<RecordResponse> listener) {
        DiscoveryNode local = clusterService.localNode();
        boolean rebuild = request.entries.stream().anyMatch(entry -> entry.change() instanceof ProfileChange.Rebuild);
        TimeValue timeout = rebuild ? REBUILD_DEADLINE : deadline;
        ActionListener<RecordResponse> orLocally = ActionListener.wrap(listener::onResponse, e -> {
            Throwable cause = ExceptionsHelper.unwrapCause(e);
            if (e instanceof RemoteTransportException
                || (node.equals(local) && cause instanceof ConnectTransportException)) {
                listener.onFailure(e); // the answer of that node itself
            } else if (cause instanceof NodeDisconnectedException) {
                repeat(request, e, listener);
            } else if (cause instanceof ConnectTransportException) {
                // never sent, so nothing can be applied twice: write from this node, where a compare-and-set guards the
                // profile
                send(local, request, listener);
            } else {
                listener.onFailure(
                    cause instanceof ReceiveTimeoutTransportException
                        ? unknown("did not answer within [" + timeout + "]", e)
                        : e
                );
            }
        });
        TransportRequestOptions options = TransportRequestOptions.builder().withTimeout(timeout).build();
        transport.sendRequest(
            node, TransportRecordAction.NAME, request, options,
            new ActionListenerResponseHandler<>(orLocally, RecordResponse::new)
        );
    }

    /**
     * Repeats a request on this node after its writer disconnected. The writer may have applied the request, so only
     * changes that cannot count twice are repeated.
     */
    private void repeat(RecordRequest request, Exception e, ActionListener<RecordResponse> listener) {
        NodeBatch again = new NodeBatch();
        ChangeResult[] results = new ChangeResult[request.entries.size()];
        for (int i = 0; i < results.length; i++) {
            RecordRequest.Entry entry = request.entries.get(i);
            results[i] = ChangeResult.failed(unknown("went away before it answered", e));
            if (entry.change().mayRepeat()) {
                again.positions().add(i);
                again.entries().add(entry);
            }
        }
        if (again.entries().isEmpty()) {
            listener.onResponse(new RecordResponse(List.of(results)));
            return;
        }
        RecordRequest local = new RecordRequest(request.tracker, again.entries(), request.refresh);
        send(clusterService.localNode(), local, ActionListener.wrap(response -> {
            fill(results, again, response.results);
            listener.onResponse(new RecordResponse(List.of(results)));
        }, failure -> {
            fill(results, again, again.entries().stream().map(entry -> ChangeResult.failed(failure)).toList());
            listener.onResponse(new RecordResponse(List.of(results)));
        }));
    }

    /** Returns an error with status 503, not 429: 429 promises that nothing was applied. */
    private static OpenSearchStatusException unknown(String what, Exception e) {
        return new OpenSearchStatusException(
            "[interest] the node that writes this user's profile {}: whether the change was made is not known; "
                + "events with an [id] may be sent again, and count once",
            RestStatus.SERVICE_UNAVAILABLE, e, what
        );
    }
}
