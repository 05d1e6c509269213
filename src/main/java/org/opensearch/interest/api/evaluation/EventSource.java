package org.opensearch.interest.api.evaluation;

import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.interest.cluster.history.EventHistory;
import org.opensearch.interest.core.evaluation.report.MemoryEstimate;
import org.opensearch.interest.core.tracking.Event;
import org.opensearch.interest.core.tracking.EventJson;
import org.opensearch.interest.core.tracking.Tracker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reader of the events to replay: the tracker's history, or the events in the request. Blocks: needs a thread of its
 * own.
 */
final class EventSource {
    private static final TimeValue TIMEOUT = TimeValue.timeValueMinutes(30);
    /** Ten million events take two gigabytes; more would take one thread too long. */
    private static final int MOST = 10_000_000;
    private static final String LOWER = "[since], so that fewer events are replayed";

    private final Tracker tracker;
    private final EvaluateOptions options;
    private final MemoryReservation memory;
    private final List<String> notes;
    private final Map<String, String> strings = new HashMap<>();
    private final List<EvaluationEvent> events = new ArrayList<>();
    private int skipped;

    /** @param notes receives the notes for the reader of the report */
    EventSource(Tracker tracker, EvaluateOptions options, MemoryReservation memory, List<String> notes) {
        this.tracker = tracker;
        this.options = options;
        this.memory = memory;
        this.notes = notes;
    }

    /**
     * @param progress is called after every page; throws to stop
     * @param owner    makes a search a child of the task
     */
    List<EvaluationEvent> read(EventHistory history, Consumer<Integer> progress, Consumer<SearchRequest> owner) {
        PlainActionFuture<Void> refreshed = PlainActionFuture.newFuture();
        history.refresh(tracker, refreshed);
        refreshed.actionGet(TIMEOUT);
        PlainActionFuture<Void> done = PlainActionFuture.newFuture();
        long last = options.until() == Long.MAX_VALUE ? Long.MAX_VALUE : options.until() - 1;
        history.scan(tracker, null, options.since(), last, EventHistory.PAGE, new EventHistory.Reader() {
            @Override
            public boolean read(List<EventHistory.UserEvent> page) {
                memory.take(MemoryEstimate.events(page.size()), "more than [" + events.size() + "] events", LOWER);
                page.forEach(each -> add(EvaluationEvent.of(each.user(), each.event())));
                progress.accept(events.size());
                return true;
            }

            @Override
            public void own(SearchRequest search) {
                owner.accept(search);
            }
        }, done);
        done.actionGet(TIMEOUT);
        return finish();
    }

    /** @param now milliseconds since 1970 */
    List<EvaluationEvent> read(List<?> given, long now) {
        memory.take(MemoryEstimate.events(given.size()), "[" + given.size() + "] events", "the number of [events]");
        for (int i = 0; i < given.size(); i++) {
            if (given.get(i) instanceof Map<?, ?> json) {
                Event event = event(json, now, i);
                if (event.timestamp() >= options.since() && event.timestamp() < options.until()) {
                    add(EvaluationEvent.of(event));
                }
            } else {
                throw new IllegalArgumentException(
                    "[interest] [events[" + i + "]] of evaluate request must be an object, but was [" + given.get(i)
                        + "]"
                );
            }
        }
        return finish();
    }

    @SuppressWarnings("unchecked")
    private Event event(Map<?, ?> json, long now, int i) {
        try {
            return EventJson.read((Map<String, ?>) json, tracker.signals(), now);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                "[interest] [events[" + i + "]] of evaluate request: " + e.getMessage().replace("[interest] ", ""), e
            );
        }
    }

    private void add(EvaluationEvent event) {
        if (event == null) {
            skipped++;
            return;
        }
        if (events.size() == MOST) {
            throw new IllegalArgumentException(
                "[interest] an evaluation replays at most [" + MOST + "] events, but the tracker keeps more: lower "
                    + LOWER
            );
        }
        // shares equal strings: thousands of users and items, but millions of events
        List<String> shown = event.shown().stream().map(this::shared).toList();
        if (event.vector() != null || shown.isEmpty() == false) {
            int numbers = event.vector() == null ? shown.size() : event.vector().length;
            memory.take(MemoryEstimate.brought(numbers), "vectors and impressions", LOWER);
        }
        events.add(
            new EvaluationEvent(
                shared(event.user()), shared(event.type()), shared(event.item()), shared(event.text()), event.vector(),
                shown, event.weight(), event.rating(), event.time()
            )
        );
    }

    private String shared(String text) {
        return text == null ? null : strings.computeIfAbsent(text, same -> same);
    }

    private List<EvaluationEvent> finish() {
        if (skipped > 0) {
            notes.add(
                "[" + skipped
                    + "] events were left out: impressions that count nothing, or whose items were all clicked"
            );
        }
        return events;
    }
}
