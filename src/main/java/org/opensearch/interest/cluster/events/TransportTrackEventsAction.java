package org.opensearch.interest.cluster.events;

import org.opensearch.action.ActionType;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.events.TrackEventsRequest.RawEvent;
import org.opensearch.interest.cluster.items.ItemLookup;
import org.opensearch.interest.cluster.items.ItemMapping;
import org.opensearch.interest.cluster.profiles.ProfileRecorder;
import org.opensearch.interest.cluster.profiles.RecordRequest;
import org.opensearch.interest.cluster.store.ProfileId;
import org.opensearch.interest.cluster.store.ProfileStore;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.interest.core.embedding.Embedder;
import org.opensearch.interest.core.embedding.Models;
import org.opensearch.interest.core.profile.ProfileChange;
import org.opensearch.interest.core.tracking.ChangeResult;
import org.opensearch.interest.core.tracking.Event;
import org.opensearch.interest.core.tracking.EventCounts;
import org.opensearch.interest.core.tracking.EventJson;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.tasks.Task;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.TransportService;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checks events, looks up their vectors and sends the resulting changes to the profiles' writers. An invalid event
 * fails only itself.
 */
public final class TransportTrackEventsAction extends HandledTransportAction<TrackEventsRequest, TrackEventsResponse> {
    public static final String NAME = "indices:data/write/interest/events";
    public static final ActionType<TrackEventsResponse> TYPE = new ActionType<>(NAME, TrackEventsResponse::new);

    private final TrackerStore trackers;
    private final EvidenceLookup lookup;
    private final ProfileRecorder recorder;
    private final EventChanges changes;
    private final Clock clock;
    private final EventCounts counts;

    @Inject
    public TransportTrackEventsAction(
        TransportService transportService, ActionFilters filters, TrackerStore trackers, ProfileStore profiles,
        ItemLookup items, Embedder embedder, ProfileRecorder recorder, ItemMapping mapping, Models models, Clock clock,
        EventCounts counts
    ) {
        super(NAME, transportService, filters, TrackEventsRequest::new, ThreadPool.Names.SAME);
        this.trackers = trackers;
        this.lookup = new EvidenceLookup(profiles, items, embedder);
        this.recorder = recorder;
        this.changes = new EventChanges(mapping, models);
        this.clock = clock;
        this.counts = counts;
    }

    @Override
    protected void doExecute(Task task, TrackEventsRequest request, ActionListener<TrackEventsResponse> answer) {
        long start = System.nanoTime();
        ActionListener<TrackEventsResponse> listener = ActionListener.wrap(response -> {
            counts.took(System.nanoTime() - start);
            response.results().forEach(this::count);
            answer.onResponse(response);
        }, e -> {
            counts.took(System.nanoTime() - start);
            counts.failed(request.events().size());
            answer.onFailure(e);
        });
        trackers.get(request.tracker(), ActionListener.wrap(tracker -> {
            ChangeResult[] results = new ChangeResult[request.events().size()];
            Map<Integer, Event> events = check(tracker, request, results);
            lookup.refused(tracker, events, refused -> {
                refused.forEach(position -> results[position] = ChangeResult.of(ChangeResult.Outcome.IGNORED));
                events.keySet().removeAll(refused);
                lookup.vectors(tracker, events.values(), ActionListener.wrap(vectors -> {
                    record(tracker, events, vectors, request, results, ActionListener.map(listener, recorded -> {
                        long millis = (System.nanoTime() - start) / 1_000_000;
                        return new TrackEventsResponse(millis, Arrays.asList(results));
                    }));
                }, listener::onFailure));
            });
        }, listener::onFailure));
    }

    private void count(ChangeResult result) {
        if (result.failure() != null) {
            counts.failed(1);
            return;
        }
        switch (result.outcome()) {
            case APPLIED -> counts.applied();
            case DUPLICATE -> counts.duplicate();
            case IGNORED -> counts.ignored();
        }
    }

    /** Returns the valid events, by position; puts the failures of the others into the results. */
    private Map<Integer, Event> check(Tracker tracker, TrackEventsRequest request, ChangeResult[] results) {
        List<RawEvent> raw = request.events();
        long now = clock.millis();
        Map<Integer, Event> events = new TreeMap<>();
        for (int i = 0; i < raw.size(); i++) {
            try {
                if (raw.get(i).json() == null) {
                    throw new IllegalArgumentException(raw.get(i).problem());
                }
                if (request.ignoreUnknown() && EventJson.canBeEvidence(raw.get(i).json(), tracker.signals()) == false) {
                    results[i] = ChangeResult.of(ChangeResult.Outcome.IGNORED);
                    continue;
                }
                events.put(i, EventJson.read(raw.get(i).json(), tracker.signals(), now));
            } catch (RuntimeException e) {
                // an unexpected exception, too, must not fail the other events of the batch
                results[i] = ChangeResult.failed(e);
            }
        }
        return events;
    }

    private void record(
        Tracker tracker, Map<Integer, Event> events, EvidenceLookup.Vectors vectors, TrackEventsRequest request,
        ChangeResult[] results, ActionListener<Void> listener
    ) {
        long now = clock.millis();
        List<Integer> positions = new ArrayList<>();
        List<RecordRequest.Entry> entries = new ArrayList<>();
        events.forEach((position, event) -> {
            try {
                ProfileChange change = changes.of(tracker, event, vectors, now);
                if (change == null) {
                    results[position] = ChangeResult.of(ChangeResult.Outcome.IGNORED);
                } else {
                    positions.add(position);
                    entries.add(new RecordRequest.Entry(ProfileId.of(tracker, event.user()), change));
                }
            } catch (Exception e) {
                results[position] = ChangeResult.failed(e);
            }
        });
        recorder.record(tracker, entries, request.refresh(), ActionListener.map(listener, recorded -> {
            for (int i = 0; i < recorded.size(); i++) {
                results[positions.get(i)] = recorded.get(i);
            }
            return null;
        }));
    }
}
