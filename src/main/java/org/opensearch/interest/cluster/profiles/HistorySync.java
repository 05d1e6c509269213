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
 * What a round of {@link ProfileWriter} does to the history. Events go there before the profile is written, so that
 * what is answered stands in both; where the profile then is not written, they are taken back. What removes or moves a
 * user's events comes after the profile, which from then on refuses them. All of one user's happens in their own round,
 * in order. Does nothing where no event is kept.
 */
final class HistorySync {
    private final HistoryWriter history;

    HistorySync(HistoryWriter history) {
        this.history = history;
    }

    /** The event that history keeps of a change; null where it keeps none. */
    static HistoryEvent kept(ProfileChange change) {
        return switch (change) {
            case ProfileChange.RecordEvent record -> record.kept();
            case ProfileChange.HistoryOnlyEvent show -> show.kept();
            default -> null;
        };
    }

    /**
     * Whether what a change came to stands or falls with the profile as it is stored, though the profile is not
     * written.
     */
    static boolean onlyShows(Work work) {
        return work.changes().stream().allMatch(ProfileChange.HistoryOnlyEvent.class::isInstance);
    }

    /** Whether there is something to keep though the profile stays as it is. */
    static boolean keeps(Work work, ChangeApplier.Applied applied) {
        return work.changes().stream().anyMatch(change -> kept(change) != null)
            && applied.results().stream().anyMatch(result -> result.outcome() == Outcome.APPLIED);
    }

    /**
     * Before the profiles are written. What was only to be kept and was there already is a duplicate.
     *
     * @param listener is given those whose events could not all be kept, and why; nothing of theirs is to be written
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
            for (int i = afterForgetting(changes); i < changes.size(); i++) {
                HistoryEvent event = kept(changes.get(i));
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
        history.keep(entries, ActionListener.wrap(kept -> {
            Map<Key, Exception> failures = new HashMap<>();
            for (int i = 0; i < kept.size(); i++) {
                Key key = owners.get(i);
                Work work = round.get(key);
                if (kept.get(i).failure() != null) {
                    failures.putIfAbsent(key, kept.get(i).failure());
                } else if (kept.get(i).created()) {
                    work.created.add(entries.get(i));
                } else if (work.changes().get(positions.get(i)) instanceof ProfileChange.HistoryOnlyEvent
                    && work.created.contains(entries.get(i)) == false) {
                    decided.get(key).results().set(positions.get(i), ChangeResult.of(Outcome.DUPLICATE));
                }
            }
            listener.onResponse(failures);
        }, listener::onFailure));
    }

    /** What comes before a user is forgotten is forgotten with them, and need not be kept first. */
    private static int afterForgetting(List<ProfileChange> changes) {
        for (int i = changes.size() - 1; i >= 0; i--) {
            if (changes.get(i) instanceof ProfileChange.Forget) {
                return i + 1;
            }
        }
        return 0;
    }

    /** Whether something remains to be done to the history once this profile is written. */
    static boolean hasAfter(Work work) {
        return work.changes()
            .stream()
            .anyMatch(
                change -> change instanceof ProfileChange.Forget || change instanceof ProfileChange.MergeIn
                    || change instanceof ProfileChange.DeleteEvent
            );
    }

    /** Once the profile is written. Fails where the history could not follow; asked again, it will. */
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
        int from = afterForgetting(changes);
        ActionListener<Void> forgotten = ActionListener.wrap(
            done -> absorb(key, work, changes.subList(from, changes.size()), applied.profile(), last),
            listener::onFailure
        );
        if (from == 0) {
            forgotten.onResponse(null);
            return;
        }
        Set<String> except = new HashSet<>();
        changes.subList(from, changes.size())
            .stream()
            .map(HistorySync::kept)
            .filter(event -> event != null)
            .forEach(event -> except.add(event.key()));
        history.forget(work.tracker, key.id(), Long.MAX_VALUE, except, forgotten);
    }

    private void absorb(
        Key key, Work work, List<ProfileChange> changes, Profile profile, ActionListener<Void> listener
    ) {
        List<ProfileChange.MergeIn> absorbs = changes.stream()
            .filter(ProfileChange.MergeIn.class::isInstance)
            .map(ProfileChange.MergeIn.class::cast)
            .toList();
        if (absorbs.isEmpty()) {
            listener.onResponse(null);
            return;
        }
        GroupedActionListener<Void> all = new GroupedActionListener<>(
            ActionListener.map(listener, done -> null), absorbs.size()
        );
        for (ProfileChange.MergeIn absorb : absorbs) {
            long until = absorb.source().lastEvent();
            if (profile.refuses(until)) {
                // the evidence did not move: its owner wants none kept, or had it forgotten
                history.forget(work.tracker, absorb.from(), until, Set.of(), all);
            } else {
                history.move(work.tracker, absorb.from(), key.id(), until, all);
            }
        }
    }

    /**
     * What is to be taken back when the changes are answered: what a later look at the profile refused was kept too
     * early.
     */
    static List<HistoryWriter.Entry> refused(Work work, List<ChangeResult> results) {
        if (work.created.isEmpty()) {
            return List.of();
        }
        Set<HistoryEvent> consent = new HashSet<>();
        List<ProfileChange> changes = work.changes();
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i).outcome() == Outcome.APPLIED || results.get(i).outcome() == Outcome.DUPLICATE) {
                consent.add(kept(changes.get(i)));
            }
        }
        return work.created.stream().filter(entry -> consent.contains(entry.event()) == false).toList();
    }

    void takeBack(List<HistoryWriter.Entry> entries, Runnable then) {
        history.takeBack(entries, then);
    }
}
