package org.opensearch.interest.api.event;

import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.items.ItemLookup;
import org.opensearch.interest.cluster.items.ItemMapping;
import org.opensearch.interest.cluster.items.ItemMean;
import org.opensearch.interest.cluster.profiles.ProfileRecorder;
import org.opensearch.interest.core.tracking.ChangeResult;
import org.opensearch.interest.cluster.store.ProfileStore;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.interest.core.embedding.Embedder;
import org.opensearch.interest.core.embedding.Models;
import org.opensearch.interest.core.profile.EventIds;
import org.opensearch.interest.core.profile.Evidence;
import org.opensearch.interest.core.profile.HistoryEvent;
import org.opensearch.interest.core.tracking.Event;
import org.opensearch.interest.core.tracking.EventCounts;
import org.opensearch.interest.core.tracking.EventJson;
import org.opensearch.interest.core.tracking.EventObject;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.tasks.Task;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.TransportService;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Checks events, finds the vectors they are about and hands both to the profiles. One event's fault fails that event alone. */
public final class TransportTrackEventsAction extends HandledTransportAction<TrackEventsRequest, TrackEventsResponse> {
    private final TrackerStore trackers;
    private final RefusedEvents refusedTexts;
    private final EvidenceLookup gathering;
    private final ProfileRecorder recorder;
    private final DimensionCheck expected;
    private final Clock clock;
    private final EventCounts counts;

    @Inject
    public TransportTrackEventsAction(
        TransportService transportService,
        ActionFilters filters,
        TrackerStore trackers,
        ProfileStore profiles,
        ItemLookup lookup,
        Embedder embedder,
        ProfileRecorder recorder,
        ItemMapping mapping,
        Models models,
        Clock clock,
        EventCounts counts
    ) {
        super(TrackEventsAction.NAME, transportService, filters, TrackEventsRequest::new, ThreadPool.Names.SAME);
        this.trackers = trackers;
        this.refusedTexts = new RefusedEvents(profiles);
        this.gathering = new EvidenceLookup(lookup, embedder);
        this.recorder = recorder;
        this.expected = new DimensionCheck(mapping, models);
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
            refusedTexts.find(tracker, events, ActionListener.wrap(refused -> {
                refused.forEach(position -> results[position] = ChangeResult.of(ChangeResult.Outcome.IGNORED));
                events.keySet().removeAll(refused);
                gathering.gather(tracker, events.values(), ActionListener.wrap(vectors -> {
                    record(tracker, events, vectors, request, results, ActionListener.map(listener, recorded -> {
                        long millis = (System.nanoTime() - start) / 1_000_000;
                        return new TrackEventsResponse(millis, Arrays.asList(results));
                    }));
                }, listener::onFailure));
            }, listener::onFailure));
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

    /** The events that are right, by their position; the others' failures are in the results. */
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
                // one that nobody thought of, too: the other events of the batch are right all the same
                results[i] = ChangeResult.failed(e);
            }
        }
        return events;
    }

    private void record(
        Tracker tracker,
        Map<Integer, Event> events,
        EvidenceLookup.Vectors vectors,
        TrackEventsRequest request,
        ChangeResult[] results,
        ActionListener<Void> listener
    ) {
        long now = clock.millis();
        List<Integer> positions = new ArrayList<>();
        List<ProfileRecorder.UserEvidence> evidence = new ArrayList<>();
        events.forEach((position, event) -> {
            try {
                Evidence found = evidence(tracker, event, vectors);
                if (found != null) {
                    expected.require(tracker, event, found.vector().length);
                }
                HistoryEvent kept = HistoryEvents.of(tracker, event, found, now);
                if (found == null && kept == null) {
                    results[position] = ChangeResult.of(ChangeResult.Outcome.IGNORED);
                } else {
                    positions.add(position);
                    evidence.add(new ProfileRecorder.UserEvidence(event.user(), found, kept));
                }
            } catch (Exception e) {
                results[position] = ChangeResult.failed(e);
            }
        });
        recorder.record(tracker, evidence, request.refresh(), ActionListener.map(listener, recorded -> {
            for (int i = 0; i < recorded.size(); i++) {
                results[positions.get(i)] = recorded.get(i);
            }
            return null;
        }));
    }

    /** Null for an event that is no evidence. */
    private static Evidence evidence(Tracker tracker, Event event, EvidenceLookup.Vectors vectors) throws Exception {
        Evidence.Source item = Evidence.Source.ITEM;
        return switch (event.object()) {
            case EventObject.Impression shown -> {
                float[] mean = event.weight() == 0 ? null : ItemMean.of(shown.skipped(), vectors.items());
                yield mean == null ? null : evidence(tracker, event, mean, item, event.weight(), null, "");
            }
            case EventObject.Vector vector -> evidence(tracker, event, vector.unit(), item, event.weight(), null, "");
            case EventObject.Item one -> ofItem(tracker, event, one.id(), event.weight(), vectors);
            case EventObject.Comment comment -> {
                double weight = vectors.isAgainst(comment.text()) ? -Math.abs(event.weight()) : event.weight();
                yield ofItem(tracker, event, comment.item(), weight, vectors);
            }
            case EventObject.Text text -> {
                float[] unit = vectors.text(text.text());
                yield evidence(tracker, event, unit, Evidence.Source.TEXT, event.weight(), null, Evidence.naming(text.text()));
            }
        };
    }

    private static Evidence ofItem(Tracker tracker, Event event, String item, double weight, EvidenceLookup.Vectors vectors) throws Exception {
        float[] unit = vectors.item(item);
        return evidence(tracker, event, unit, Evidence.Source.ITEM, weight, item, Evidence.naming(vectors.items().get(item).title()));
    }

    private static Evidence evidence(
        Tracker tracker,
        Event event,
        float[] unit,
        Evidence.Source source,
        double weight,
        String item,
        String words
    ) {
        OptionalLong id = event.id() == null ? OptionalLong.empty() : OptionalLong.of(EventIds.fingerprint(event.id()));
        long halfLife = tracker.halfLives().of(event.type());
        return new Evidence(unit, source, weight, event.timestamp(), id, item, words, event.type(), halfLife);
    }
}
