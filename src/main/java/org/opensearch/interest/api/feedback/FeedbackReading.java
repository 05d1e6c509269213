package org.opensearch.interest.api.feedback;

import org.opensearch.interest.cluster.history.EventHistory;
import org.opensearch.interest.core.experiment.FeedbackCounts;
import org.opensearch.interest.core.experiment.ShownPage;
import org.opensearch.interest.core.experiment.UserPages;
import org.opensearch.interest.core.profile.HistoryEvent;

import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Reader that counts the events in the history, user by user. Only the events of one user are in memory at a time.
 * Pages must arrive one after the other.
 */
final class FeedbackReading implements EventHistory.Reader {
    private final FeedbackCounts feedback = new FeedbackCounts();
    private final String experiment;
    private final Set<String> conversions;
    private final long maxEvents;
    private final BooleanSupplier hasTime;
    private String user;
    private UserPages current;
    private long events;
    private boolean complete = true;

    /**
     * @param experiment  experiment whose variants and teams count; null for those of any experiment
     * @param conversions event types that count as conversions
     * @param maxEvents   number of events after which no further user is begun
     * @param hasTime     returns whether time is left to read on
     */
    FeedbackReading(String experiment, Set<String> conversions, long maxEvents, BooleanSupplier hasTime) {
        this.experiment = experiment;
        this.conversions = conversions;
        this.maxEvents = maxEvents;
        this.hasTime = hasTime;
    }

    @Override
    public synchronized boolean read(List<EventHistory.UserEvent> page) {
        // checks on every page: a user with many pages must not exceed the time either
        if (hasTime.getAsBoolean() == false) {
            return stop();
        }
        for (EventHistory.UserEvent each : page) {
            if (each.user().equals(user) == false) {
                finishUser();
                if (events >= maxEvents) {
                    return stop();
                }
                user = each.user();
                current = new UserPages();
            }
            events++;
            add(each.event());
        }
        return true;
    }

    /** Ends the reading. A user whose events were not all read is not counted. */
    private boolean stop() {
        complete = false;
        current = null;
        return false;
    }

    private void finishUser() {
        if (current != null) {
            feedback.add(current);
            current = null;
        }
    }

    private void add(HistoryEvent event) {
        HistoryEvent.Context context = event.context();
        boolean counts = experiment == null || experiment.equals(context.experiment());
        if (event.isImpression()) {
            current.add(
                new ShownPage(
                    event.timestamp(), context.queryId(), context.session(), counts ? context.variant() : null,
                    context.position() == null ? 0 : context.position(), event.shown(), Set.copyOf(event.clicked())
                )
            );
        } else if (event.weight() > 0) {
            boolean conversion = conversions.contains(event.type());
            String team = counts ? context.team() : null;
            current.add(
                new ShownPage.Deed(
                    event.timestamp(), context.queryId(), context.session(), event.item(), conversion, team
                )
            );
        }
    }

    /** Returns the counts; called after the scan. */
    synchronized FeedbackCounts finish() {
        finishUser();
        return feedback;
    }

    synchronized long events() {
        return events;
    }

    /** Returns whether all users were counted. */
    synchronized boolean isComplete() {
        return complete;
    }
}
