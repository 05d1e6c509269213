package org.opensearch.interest.cluster.profiles;

import org.opensearch.action.support.GroupedActionListener;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.history.HistoryWriter;
import org.opensearch.interest.cluster.profiles.PendingChanges.Key;
import org.opensearch.interest.cluster.profiles.PendingChanges.Work;
import org.opensearch.interest.core.profile.HistoryEvent;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.profile.ProfileChange;
import org.opensearch.interest.core.tracking.ChangeApplier;
import org.opensearch.interest.core.tracking.ChangeResult;
import org.opensearch.interest.core.tracking.ChangeResult.Outcome;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the history in step with the profiles that {@link ProfileWriter} writes. Events are added to the history before
 * their profile is written, so that every answered event is in both; if the profile write then fails, they are deleted
 * again. Events are deleted or moved after the profile was written, since the profile refuses them from then on. All
 * writes of one user belong to that user's round, in order. Does nothing if no change has an event for the history.
 */
final class HistorySync {
    private final HistoryWriter history;

    HistorySync(HistoryWriter history) {
        this.history = history;
    }

    /** Returns the event that a change adds to the history; null if it adds none. */
    static HistoryEvent historyEvent(ProfileChange change) {
        return switch (change) {
            case ProfileChange.RecordEvent record -> record.kept();
            case ProfileChange.HistoryOnlyEvent only -> only.kept();
            default -> null;
        };
    }

    /**
     * Returns true if all changes are history-only events. Their results depend on the stored profile, but no profile
     * write would expose a stale cached one.
     */
    static boolean isHistoryOnly(Work work) {
        return work.changes().stream().allMatch(ProfileChange.HistoryOnlyEvent.class::isInstance);
    }

    /** Returns true if an applied change adds an event to the history, even if the profile stays unchanged. */
    static boolean addsEvents(Work work, ChangeApplier.Applied applied) {
        return work.changes().stream().anyMatch(change -> historyEvent(change) != null)
            && applied.results().stream().anyMatch(result -> result.outcome() == Outcome.APPLIED);
    }

    /**
     * Adds the round's events to the history, before the profiles are written. A history-only event that was there
     * already becomes a duplicate.
     *
     * @param listener receives the profiles whose events could not all be written, and why; these profiles must not be
     *                 written
     */
    void before(
        Map<Key, Work> round, Map<Key, ChangeApplier.Applied> decided, ActionListener<Map<Key, Exception>> listener
    ) {
        List<HistoryWriter.Entry> entries = new ArrayList<>();
        List<Key> owners = new ArrayList<>();
        List<Integer> positions = new ArrayList<>();
        decided.forEach((key, applied) -> {
            Work work = round.get(key);
            List<ProfileChange> changes = work.changes();
            for (int i = firstAfterForget(changes); i < changes.size(); i++) {
                HistoryEvent event = historyEvent(changes.get(i));
                if (event != null && applied.results().get(i).outcome() == Outcome.APPLIED) {
                    entries.add(new HistoryWriter.Entry(work.tracker, key.id(), event));
                    owners.add(key);
                    positions.add(i);
                }
            }
        });
        if (entries.isEmpty()) {
            listener.onResponse(Map.of());
            return;
        }
        history.keep(entries, ActionListener.wrap(results -> {
            Map<Key, Exception> failures = new HashMap<>();
            for (int i = 0; i < results.size(); i++) {
                Key key = owners.get(i);
                Work work = round.get(key);
                if (results.get(i).failure() != null) {
                    failures.putIfAbsent(key, results.get(i).failure());
                } else if (results.get(i).created()) {
                    work.created.add(entries.get(i));
                } else if (work.changes().get(positions.get(i)) instanceof ProfileChange.HistoryOnlyEvent
                    && work.created.contains(entries.get(i)) == false) {
                    decided.get(key).results().set(positions.get(i), ChangeResult.of(Outcome.DUPLICATE));
                }
            }
            listener.onResponse(failures);
        }, listener::onFailure));
    }

    /**
     * Returns the position after the last {@link ProfileChange.Forget}, or 0: events before it would be deleted at once
     * and need not be written.
     */
    private static int firstAfterForget(List<ProfileChange> changes) {
        for (int i = changes.size() - 1; i >= 0; i--) {
            if (changes.get(i) instanceof ProfileChange.Forget) {
                return i + 1;
            }
        }
        return 0;
    }

    /** Returns true if the history has to change after this profile was written. */
    static boolean hasAfter(Work work) {
        return work.changes()
            .stream()
            .anyMatch(
                change -> change instanceof ProfileChange.Forget || change instanceof ProfileChange.MergeIn
                    || change instanceof ProfileChange.DeleteEvent
            );
    }

    /**
     * Deletes or moves events after the profile was written. Fails if the history could not be changed; repeating the
     * request completes it.
     */
    void after(Key key, Work work, ChangeApplier.Applied applied, ActionListener<Void> listener) {
        List<ProfileChange> changes = work.changes();
        Set<String> deleted = new HashSet<>();
        for (int i = 0; i < changes.size(); i++) {
            if (changes.get(i) instanceof ProfileChange.DeleteEvent deletion
                && applied.results().get(i).outcome() == Outcome.APPLIED) {
                deleted.add(deletion.key());
            }
        }
        ActionListener<Void> last = deleted.isEmpty() ? listener
            : ActionListener.wrap(done -> history.drop(work.tracker, key.id(), deleted, listener), listener::onFailure);
        int from = firstAfterForget(changes);
        ActionListener<Void> forgotten = ActionListener.wrap(
            done -> mergeIn(key, work, changes.subList(from, changes.size()), applied.profile(), last),
            listener::onFailure
        );
        if (from == 0) {
            forgotten.onResponse(null);
            return;
        }
        Set<String> except = new HashSet<>();
        changes.subList(from, changes.size())
            .stream()
            .map(HistorySync::historyEvent)
            .filter(event -> event != null)
            .forEach(event -> except.add(event.key()));
        history.forget(work.tracker, key.id(), Long.MAX_VALUE, except, forgotten);
    }

    private void mergeIn(
        Key key, Work work, List<ProfileChange> changes, Profile profile, ActionListener<Void> listener
    ) {
        List<ProfileChange.MergeIn> merges = changes.stream()
            .filter(ProfileChange.MergeIn.class::isInstance)
            .map(ProfileChange.MergeIn.class::cast)
            .toList();
        if (merges.isEmpty()) {
            listener.onResponse(null);
            return;
        }
        GroupedActionListener<Void> all = new GroupedActionListener<>(
            ActionListener.map(listener, done -> null), merges.size()
        );
        for (ProfileChange.MergeIn merge : merges) {
            long until = merge.source().lastEvent();
            if (profile.refuses(until)) {
                // the target's user opted out or was forgotten: delete the events instead of moving them
                history.forget(work.tracker, merge.from(), until, Set.of(), all);
            } else {
                history.move(work.tracker, merge.from(), key.id(), until, all);
            }
        }
    }

    /**
     * Returns the events to delete from the history when the changes are answered: a retry on a newer profile refused
     * them after an earlier attempt had written them.
     */
    static List<HistoryWriter.Entry> refused(Work work, List<ChangeResult> results) {
        if (work.created.isEmpty()) {
            return List.of();
        }
        Set<HistoryEvent> accepted = new HashSet<>();
        List<ProfileChange> changes = work.changes();
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i).outcome() == Outcome.APPLIED || results.get(i).outcome() == Outcome.DUPLICATE) {
                accepted.add(historyEvent(changes.get(i)));
            }
        }
        return work.created.stream().filter(entry -> accepted.contains(entry.event()) == false).toList();
    }

    void revert(List<HistoryWriter.Entry> entries, Runnable then) {
        history.revert(entries, then);
    }
}
