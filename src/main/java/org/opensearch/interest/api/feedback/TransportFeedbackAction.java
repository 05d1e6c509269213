package org.opensearch.interest.api.feedback;

import org.opensearch.OpenSearchStatusException;
import org.opensearch.OpenSearchTimeoutException;
import org.opensearch.action.ActionType;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.action.support.ListenerTimeouts;
import org.opensearch.common.inject.Inject;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.interest.cluster.history.EventHistory;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.interest.core.experiment.Experiment;
import org.opensearch.interest.core.experiment.FeedbackCounts;
import org.opensearch.interest.core.experiment.UserPages;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.tasks.Task;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.TransportService;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Reads the history user by user within a time limit, and reports if the time was not enough for all users. */
public final class TransportFeedbackAction extends HandledTransportAction<FeedbackRequest, FeedbackResponse> {
    public static final String NAME = "cluster:admin/opensearch/interest/feedback/get";
    /** Counts the clicks and conversions of the items that a tracker's users were shown. */
    public static final ActionType<FeedbackResponse> TYPE = new ActionType<>(NAME, FeedbackResponse::new);

    /** Number of events after which no further user is begun. */
    static final long MOST_EVENTS = 1_000_000;
    /** Number of events per page of the scan; each event can hold a whole result page. */
    private static final int PAGE = 2_000;
    /** Time limit for reading users. */
    private static final TimeValue READING = TimeValue.timeValueSeconds(30);
    /** Time limit of the request; longer than READING plus the time for one more page. */
    private static final TimeValue DEADLINE = TimeValue.timeValueSeconds(60);
    /** Signals that are not conversions by default. */
    private static final Set<String> NOT_CONVERSIONS = Set.of("view", "search", "click");

    private final TrackerStore trackers;
    private final EventHistory history;
    private final ThreadPool threadPool;
    private final Clock clock;

    @Inject
    public TransportFeedbackAction(
        TransportService transportService, ActionFilters filters, TrackerStore trackers, EventHistory history,
        ThreadPool threadPool, Clock clock
    ) {
        super(NAME, transportService, filters, FeedbackRequest::new);
        this.trackers = trackers;
        this.history = history;
        this.threadPool = threadPool;
        this.clock = clock;
    }

    @Override
    protected void doExecute(Task task, FeedbackRequest request, ActionListener<FeedbackResponse> answer) {
        ActionListener<FeedbackResponse> listener = ListenerTimeouts.wrapWithTimeout(
            threadPool, ActionListener.wrap(answer::onResponse, e -> answer.onFailure(late(e))), DEADLINE,
            ThreadPool.Names.GENERIC, NAME
        );
        trackers.get(request.tracker, ActionListener.wrap(tracker -> {
            Set<String> conversions = conversions(tracker, request.conversions);
            Experiment ownExperiment = tracker.experiment();
            String experiment = request.experiment != null || ownExperiment == null ? request.experiment
                : ownExperiment.name();
            long to = request.to == null ? Math.max(clock.millis(), request.from) : request.to;
            long start = System.nanoTime();
            FeedbackReading reading = new FeedbackReading(experiment, conversions, MOST_EVENTS, () -> {
                return System.nanoTime() - start < READING.nanos();
            });
            history.refresh(tracker, ActionListener.wrap(ready -> {
                history.scanByUser(
                    tracker, request.from, to, PAGE, threadPool.generic(), reading,
                    ActionListener.map(listener, done -> {
                        Map<String, Object> json = head(tracker, request.from, to, conversions, reading);
                        String control = ownExperiment != null && ownExperiment.name().equals(experiment)
                            ? ownExperiment.control()
                            : null;
                        json.putAll(new FeedbackReport(reading.finish()).of(experiment, control));
                        json.put("took", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
                        return new FeedbackResponse(json);
                    })
                );
            }, listener::onFailure));
        }, listener::onFailure));
    }

    /** Returns an error with status 503 for a timeout of the history, and any other error unchanged. */
    static Exception late(Exception e) {
        return e instanceof OpenSearchTimeoutException == false ? e
            : new OpenSearchStatusException(
                "[interest] the history did not answer within [{}]: ask again later, or for less of it by [from] and [to]",
                RestStatus.SERVICE_UNAVAILABLE, e, DEADLINE
            );
    }

    private static Map<String, Object> head(
        Tracker tracker, long from, long to, Set<String> conversions, FeedbackReading reading
    ) {
        FeedbackCounts feedback = reading.finish();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("tracker", tracker.name());
        json.put("from", Instant.ofEpochMilli(from).toString());
        json.put("to", Instant.ofEpochMilli(to).toString());
        json.put("conversion_types", List.copyOf(conversions));
        json.put("complete", reading.isComplete());
        List<String> notes = new ArrayList<>();
        if (reading.isComplete() == false) {
            notes.add(
                "[" + reading.events() + "] events were read, as many as are in [" + READING + "] and up to ["
                    + MOST_EVENTS + "]: the figures are those of a random sample of users"
            );
        }
        if (tracker.history().enabled() == false) {
            notes.add("the tracker keeps no events: these are of the time before its history was switched off");
        }
        if (feedback.usersLeftOut() > 0) {
            notes.add(
                "[" + feedback.usersLeftOut() + "] users saw and did more than [" + UserPages.MOST
                    + "] things, as no person does, and are left out"
            );
        }
        if (feedback.pagesOfOtherVariants() > 0) {
            notes.add(
                "[" + feedback.pagesOfOtherVariants() + "] pages are of variants beyond the first ["
                    + FeedbackCounts.VARIANTS + "], and count in the total alone"
            );
        }
        json.put("notes", notes);
        return json;
    }

    /** @throws IllegalArgumentException if one of the types is no signal with a weight above 0 */
    private static Set<String> conversions(Tracker tracker, List<String> asked) {
        Set<String> positive = new TreeSet<>();
        tracker.signals().forEach((type, weight) -> {
            if (weight > 0) {
                positive.add(type);
            }
        });
        if (asked != null) {
            for (String type : asked) {
                if (positive.contains(type) == false) {
                    throw new IllegalArgumentException(
                        "[interest] [conversions] must be signals of the tracker with a weight above 0, " + positive
                            + ", but was [" + type + "]"
                    );
                }
            }
            return new TreeSet<>(asked);
        }
        positive.removeAll(NOT_CONVERSIONS);
        return positive;
    }
}
