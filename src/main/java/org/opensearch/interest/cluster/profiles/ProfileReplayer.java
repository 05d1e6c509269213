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
 * Computes profiles from events in the history. Events that were forgotten or merged into another profile are left out,
 * even if the history still holds them; a repeated event counts once, as it did on arrival. Thread-safe; never blocks.
 */
public final class ProfileReplayer {
    private final HistoryEvidence evidence;
    private final ChangeApplier applier;
    private final Executor threads;

    /** @param threads that may refuse work only once the node is stopping */
    public ProfileReplayer(HistoryEvidence evidence, GeometrySource geometries, Executor threads) {
        this.evidence = evidence;
        this.applier = new ChangeApplier(geometries);
        this.threads = threads;
    }

    /** Replay of one profile's events. */
    private static final class Replay {
        private final Tracker tracker;
        private final Set<String> except;
        private final Set<String> deletions;
        private final Map<String, ReplayedEvent> deleted = new HashMap<>();
        private final long after;
        private final long to;
        private Profile profile;
        private long events;
        private long missing;

        /**
         * @param except    keys of events that are left out
         * @param deletions keys of events that are left out and returned
         * @param after     milliseconds since 1970, exclusive
         * @param to        milliseconds since 1970, inclusive
         */
        Replay(Tracker tracker, Set<String> except, Set<String> deletions, long after, long to) {
            this.tracker = tracker;
            this.except = except;
            this.deletions = deletions;
            this.after = after;
            this.to = to;
            this.profile = Profile.empty(tracker.halfLives());
        }

        void add(ReplayedEvent replayed, ChangeApplier applier) {
            HistoryEvent event = replayed.event();
            if (deletions.contains(event.key())) {
                deleted.put(event.key(), replayed);
                return;
            }
            if (event.isEvidence() == false || event.timestamp() <= after || event.timestamp() > to
                || except.contains(event.key())) {
                return;
            }
            if (replayed.evidence() == null) {
                missing++;
            } else if (profile.knows(replayed.evidence()) == false) {
                try {
                    profile = applier.plus(tracker, profile, replayed.evidence());
                    events++;
                } catch (IllegalArgumentException otherDimension) {
                    missing++;
                }
            }
        }

        ReplayResult result() {
            return new ReplayResult(profile, events, missing, deleted);
        }
    }

    private static boolean needsReplay(Work work) {
        return work.changes()
            .stream()
            .anyMatch(change -> change instanceof ProfileChange.Rebuild || change instanceof ProfileChange.DeleteEvent);
    }

    static boolean needsReplay(Map<Key, Work> round) {
        return round.values().stream().anyMatch(ProfileReplayer::needsReplay);
    }

    /**
     * Splits a round into one for all work without replays, if there is any, and one per index for the work with
     * replays.
     */
    static List<Map<Key, Work>> separateReplays(Map<Key, Work> taken) {
        Map<String, Map<Key, Work>> rounds = new LinkedHashMap<>();
        taken.forEach(
            (key, work) -> rounds.computeIfAbsent(needsReplay(work) ? key.index() : "", index -> new LinkedHashMap<>())
                .put(key, work)
        );
        return new ArrayList<>(rounds.values());
    }

    /**
     * Replays the events of all profiles in a round.
     *
     * @param round not empty, of one tracker
     */
    void read(
        Map<Key, Work> round, Map<Key, ProfileCache.CachedProfile> stored,
        ActionListener<Map<Key, ReplayResult>> listener
    ) {
        Map<String, Replay> byId = new HashMap<>();
        round.forEach((key, work) -> {
            Profile before = stored.get(key).profile();
            // changes that wait together with the rebuild are applied after it; an earlier attempt may have added their
            // events to the history already, so the replay leaves them out. A repeated event is not applied again, so
            // the replay includes it
            Set<String> waiting = work.changes()
                .stream()
                .map(HistorySync::historyEvent)
                .filter(Objects::nonNull)
                .filter(event -> before.remembers(event.id()) == false)
                .map(HistoryEvent::key)
                .collect(Collectors.toSet());
            Set<String> deletions = work.changes()
                .stream()
                .filter(ProfileChange.DeleteEvent.class::isInstance)
                .map(change -> ((ProfileChange.DeleteEvent) change).key())
                .collect(Collectors.toSet());
            byId.put(
                key.id(), new Replay(work.tracker, waiting, deletions, before.consent().deletedUntil(), Long.MAX_VALUE)
            );
        });
        Tracker tracker = round.values().iterator().next().tracker;
        run(
            tracker, byId.keySet(), replayed -> byId.get(replayed.profileId()).add(replayed, applier),
            ActionListener.map(listener, done -> {
                Map<Key, ReplayResult> replayed = new HashMap<>();
                round.keySet().forEach(key -> replayed.put(key, byId.get(key.id()).result()));
                return replayed;
            })
        );
    }

    /**
     * Computes the profile as it was at a time, with today's item vectors, text embeddings and weights; declared
     * interests and consent are those of today.
     *
     * @param now      the current profile
     * @param at       milliseconds since 1970
     * @param listener receives an empty result if the history does not hold all events that are in the profile
     */
    public void at(Tracker tracker, UserId user, Profile now, long at, ActionListener<Optional<Profile>> listener) {
        long after = now.consent().deletedUntil();
        Replay all = new Replay(tracker, Set.of(), Set.of(), after, Long.MAX_VALUE);
        Replay past = new Replay(tracker, Set.of(), Set.of(), after, at);
        run(tracker, List.of(ProfileId.of(tracker, user)), replayed -> {
            all.add(replayed, applier);
            past.add(replayed, applier);
        }, ActionListener.map(listener, done -> {
            return ReplayApplier.isWhole(now, all.result()) ? Optional.of(applier.rebuilt(tracker, now, past.profile))
                : Optional.empty();
        }));
    }

    /**
     * Returns the latest events of a user, to compute what the profile would be without some of them. If the history
     * has none, returns the few events that the profile itself refers to; these can be shown but not left out.
     *
     * @param now      the current profile
     * @param max      maximum number of events, in [1,10000]
     * @param listener is called on any thread
     */
    public void past(
        Tracker tracker, UserId user, Profile now, int max, ActionListener<CounterfactualHistory> listener
    ) {
        String id = ProfileId.of(tracker, user);
        evidence.latest(tracker, id, max, ActionListener.wrap(latest -> {
            if (latest.isEmpty() == false) {
                listener.onResponse(new CounterfactualHistory(tracker, now, latest, true, applier, keys -> {
                    Replay replay = new Replay(tracker, Set.of(), keys, now.consent().deletedUntil(), Long.MAX_VALUE);
                    latest.forEach(replayed -> replay.add(replayed, applier));
                    return replay.result();
                }));
                return;
            }
            evidence.show(tracker, id, CounterfactualHistory.remembered(now), ActionListener.map(listener, replayed -> {
                return new CounterfactualHistory(tracker, now, replayed, false, applier, keys -> null);
            }));
        }, listener::onFailure));
    }

    private void run(
        Tracker tracker, Collection<String> users, Consumer<ReplayedEvent> each, ActionListener<Void> listener
    ) {
        evidence.replay(tracker, users, threads, page -> page.forEach(each), listener);
    }
}
