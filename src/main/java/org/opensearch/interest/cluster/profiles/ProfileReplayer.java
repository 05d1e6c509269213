package org.opensearch.interest.cluster.profiles;

import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.history.HistoryEvidence;
import org.opensearch.interest.cluster.profiles.PendingChanges.Key;
import org.opensearch.interest.cluster.profiles.PendingChanges.Work;
import org.opensearch.interest.cluster.store.ProfileId;
import org.opensearch.interest.core.profile.HistoryEvent;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.profile.ProfileChange;
import org.opensearch.interest.core.tracking.ChangeApplier;
import org.opensearch.interest.core.tracking.CounterfactualHistory;
import org.opensearch.interest.core.tracking.GeometrySource;
import org.opensearch.interest.core.tracking.ReplayApplier;
import org.opensearch.interest.core.tracking.ReplayResult;
import org.opensearch.interest.core.tracking.ReplayedEvent;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.UserId;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Makes profiles of kept events. What has been forgotten, or has left for another profile, stays out, should the
 * history still hold it; a repeat counts once, as it did when it arrived. Thread-safe; never blocks.
 */
public final class ProfileReplayer {
    private final HistoryEvidence replayer;
    private final ChangeApplier rules;
    private final Executor threads;

    /** @param threads that may refuse work only once the node is stopping */
    public ProfileReplayer(HistoryEvidence replayer, GeometrySource geometries, Executor threads) {
        this.replayer = replayer;
        this.rules = new ChangeApplier(geometries);
        this.threads = threads;
    }

    /** One profile in the making. */
    private static final class Making {
        private final Tracker tracker;
        private final Set<String> except;
        private final Set<String> deletion;
        private final Map<String, ReplayedEvent> deleted = new HashMap<>();
        private final long after;
        private final long to;
        private Profile profile;
        private long events;
        private long missing;

        /**
         * @param except   keys of events that are left out
         * @param deletion keys of events that are left out, and told
         * @param after    exclusive
         * @param to       inclusive
         */
        Making(Tracker tracker, Set<String> except, Set<String> deletion, long after, long to) {
            this.tracker = tracker;
            this.except = except;
            this.deletion = deletion;
            this.after = after;
            this.to = to;
            this.profile = Profile.empty(tracker.halfLives());
        }

        void add(ReplayedEvent shown, ChangeApplier rules) {
            HistoryEvent event = shown.event();
            if (deletion.contains(event.key())) {
                deleted.put(event.key(), shown);
                return;
            }
            if (event.isEvidence() == false || event.timestamp() <= after || event.timestamp() > to
                || except.contains(event.key())) {
                return;
            }
            if (shown.evidence() == null) {
                missing++;
            } else if (profile.knows(shown.evidence()) == false) {
                try {
                    profile = rules.plus(tracker, profile, shown.evidence());
                    events++;
                } catch (IllegalArgumentException otherDimension) {
                    missing++;
                }
            }
        }

        ReplayResult made() {
            return new ReplayResult(profile, events, missing, deleted);
        }
    }

    private static boolean needed(Work work) {
        return work.changes()
            .stream()
            .anyMatch(change -> change instanceof ProfileChange.Rebuild || change instanceof ProfileChange.DeleteEvent);
    }

    static boolean needed(Map<Key, Work> round) {
        return round.values().stream().anyMatch(ProfileReplayer::needed);
    }

    /** The work of a round without replays, if there is any, and that with replays, a round an index. */
    static List<Map<Key, Work>> apart(Map<Key, Work> taken) {
        Map<String, Map<Key, Work>> rounds = new LinkedHashMap<>();
        taken.forEach(
            (key, work) -> rounds.computeIfAbsent(needed(work) ? key.index() : "", index -> new LinkedHashMap<>())
                .put(key, work)
        );
        return new ArrayList<>(rounds.values());
    }

    /** @param round not empty, of one tracker */
    void read(
        Map<Key, Work> round, Map<Key, ProfileCache.Hot> stored, ActionListener<Map<Key, ReplayResult>> listener
    ) {
        Map<String, Making> byId = new HashMap<>();
        round.forEach((key, work) -> {
            Profile before = stored.get(key).profile();
            // what waits here with the rebuild is applied after it, and may be kept already by an earlier attempt; a
            // repeat is not applied
            Set<String> waiting = work.changes()
                .stream()
                .map(HistorySync::kept)
                .filter(Objects::nonNull)
                .filter(event -> before.remembers(event.id()) == false)
                .map(HistoryEvent::key)
                .collect(Collectors.toSet());
            Set<String> deletion = work.changes()
                .stream()
                .filter(ProfileChange.DeleteEvent.class::isInstance)
                .map(change -> ((ProfileChange.DeleteEvent) change).key())
                .collect(Collectors.toSet());
            byId.put(
                key.id(), new Making(work.tracker, waiting, deletion, before.consent().deletedUntil(), Long.MAX_VALUE)
            );
        });
        Tracker tracker = round.values().iterator().next().tracker;
        run(
            tracker, byId.keySet(), shown -> byId.get(shown.profileId()).add(shown, rules),
            ActionListener.map(listener, done -> {
                Map<Key, ReplayResult> replayed = new HashMap<>();
                round.keySet().forEach(key -> replayed.put(key, byId.get(key.id()).made()));
                return replayed;
            })
        );
    }

    /**
     * A profile as it was at a time, by the items, texts and weights of today; what the person declared and decided is
     * that of today.
     *
     * @param now      as it is
     * @param at       milliseconds since 1970
     * @param listener is given nothing where the history does not hold all that is in the profile
     */
    public void at(Tracker tracker, UserId user, Profile now, long at, ActionListener<Optional<Profile>> listener) {
        long after = now.consent().deletedUntil();
        Making all = new Making(tracker, Set.of(), Set.of(), after, Long.MAX_VALUE);
        Making past = new Making(tracker, Set.of(), Set.of(), after, at);
        run(tracker, List.of(ProfileId.of(tracker, user)), shown -> {
            all.add(shown, rules);
            past.add(shown, rules);
        }, ActionListener.map(listener, done -> {
            return ReplayApplier.isWhole(now, all.made()) ? Optional.of(rules.rebuilt(tracker, now, past.profile))
                : Optional.empty();
        }));
    }

    /**
     * The latest events of a user, to see what the profile would be without some of them. Where none is kept, the few
     * that the profile itself refers to, which can be shown and not left out.
     *
     * @param now      as it is
     * @param max      how many events, in [1,10000]
     * @param listener is called by any thread
     */
    public void past(
        Tracker tracker, UserId user, Profile now, int max, ActionListener<CounterfactualHistory> listener
    ) {
        String id = ProfileId.of(tracker, user);
        replayer.latest(tracker, id, max, ActionListener.wrap(latest -> {
            if (latest.isEmpty() == false) {
                listener.onResponse(new CounterfactualHistory(tracker, now, latest, true, rules, keys -> {
                    Making making = new Making(tracker, Set.of(), keys, now.consent().deletedUntil(), Long.MAX_VALUE);
                    latest.forEach(shown -> making.add(shown, rules));
                    return making.made();
                }));
                return;
            }
            replayer.show(tracker, id, CounterfactualHistory.remembered(now), ActionListener.map(listener, shown -> {
                return new CounterfactualHistory(tracker, now, shown, false, rules, keys -> null);
            }));
        }, listener::onFailure));
    }

    private void run(
        Tracker tracker, Collection<String> users, Consumer<ReplayedEvent> each, ActionListener<Void> listener
    ) {
        replayer.replay(tracker, users, threads, page -> page.forEach(each), listener);
    }
}
