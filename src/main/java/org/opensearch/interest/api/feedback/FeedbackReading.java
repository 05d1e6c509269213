package org.opensearch.interest.api.feedback;

import org.opensearch.interest.cluster.history.EventHistory;
import org.opensearch.interest.core.experiment.FeedbackCounts;
import org.opensearch.interest.core.experiment.ShownPage;
import org.opensearch.interest.core.experiment.UserPages;
import org.opensearch.interest.core.profile.HistoryEvent;

import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Counts kept events, user after user; one user's are in memory at a time. One page after the other. */
final class FeedbackReading implements EventHistory.Reader {
    private final FeedbackCounts feedback = new FeedbackCounts();
    private final String experiment;
    private final Set<String> conversions;
    private final long most;
    private final BooleanSupplier hasTime;
    private String user;
    private UserPages current;
    private long events;
    private boolean complete = true;

    /**
     * @param experiment  whose variants and teams count; null for those of any
     * @param conversions event types that are hoped for
     * @param most        after so many events no other user is begun
     * @param hasTime     whether another user may be begun
     */
    FeedbackReading(String experiment, Set<String> conversions, long most, BooleanSupplier hasTime) {
        this.experiment = experiment;
        this.conversions = conversions;
        this.most = most;
        this.hasTime = hasTime;
    }

    @Override
    public synchronized boolean read(List<EventHistory.UserEvent> page) {
        // a user of more events than one page has time, too
        if (hasTime.getAsBoolean() == false) {
            return stop();
        }
        for (EventHistory.UserEvent each : page) {
            if (each.user().equals(user) == false) {
                finishUser();
                if (events >= most) {
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

    /** A user who is not read completely is not counted. */
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

    /** Counts, complete after the scan. */
    synchronized FeedbackCounts finish() {
        finishUser();
        return feedback;
    }

    synchronized long events() {
        return events;
    }

    /** Whether all users were counted. */
    synchronized boolean isComplete() {
        return complete;
    }
}
