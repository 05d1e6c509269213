package org.opensearch.interest.store;

import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.profile.Change;
import org.opensearch.interest.profile.KeptEvent;
import org.opensearch.interest.profile.Profile;
import org.opensearch.interest.profile.Standing;
import org.opensearch.interest.store.PendingChanges.Key;
import org.opensearch.interest.store.PendingChanges.Work;
import org.opensearch.interest.tracking.Tracker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * Makes profiles of kept events. What has been forgotten, or has left for another profile, stays out, should the history still hold it;
 * a repeat counts once, as it did when it arrived.
 */
final class Replays {
    private final Replayer replayer;
    private final ChangeRules rules;

    Replays(Replayer replayer, ChangeRules rules) {
        this.replayer = replayer;
        this.rules = rules;
    }

    /** One profile in the making. */
    private static final class Making {
        private final Tracker tracker;
        private final Set<String> except;
        private final long after;
        private final long to;
        private Profile profile;
        private long events;
        private long missing;

        /**
         * @param except keys of events that are left out
         * @param after  exclusive
         * @param to     inclusive
         */
        Making(Tracker tracker, Set<String> except, long after, long to) {
            this.tracker = tracker;
            this.except = except;
            this.after = after;
            this.to = to;
            this.profile = Profile.empty(tracker.halfLives());
        }

        void add(Replayer.Shown shown, ChangeRules rules) {
            KeptEvent event = shown.event();
            if (event.timestamp() <= after || event.timestamp() > to || except.contains(event.key())) {
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

        Replayed made() {
            return new Replayed(profile, events, missing);
        }
    }

    private static boolean needed(Work work) {
        return work.changes().stream().anyMatch(Change.Rebuild.class::isInstance);
    }

    static boolean needed(Map<Key, Work> round) {
        return round.values().stream().anyMatch(Replays::needed);
    }

    /** The work of a round without replays, if there is any, and that with replays, a round an index. */
    static List<Map<Key, Work>> apart(Map<Key, Work> taken) {
        Map<String, Map<Key, Work>> rounds = new LinkedHashMap<>();
        taken.forEach((key, work) -> rounds.computeIfAbsent(needed(work) ? key.index() : "", index -> new LinkedHashMap<>()).put(key, work));
        return new ArrayList<>(rounds.values());
    }

    /** @param round not empty, of one tracker */
    void read(Map<Key, Work> round, Map<Key, StoredProfile> stored, Executor threads, ActionListener<Map<Key, Replayed>> listener) {
        Map<String, Making> byId = new HashMap<>();
        round.forEach((key, work) -> {
            // what waits here with the rebuild is applied after it, and may be kept already by an earlier attempt
            Set<String> waiting = work.changes().stream().map(Keeping::kept).filter(Objects::nonNull).map(KeptEvent::key).collect(Collectors.toSet());
            Standing standing = stored.get(key).profile().standing();
            byId.put(key.id(), new Making(work.tracker, waiting, standing.deletedUntil(), Long.MAX_VALUE));
        });
        Tracker tracker = round.values().iterator().next().tracker;
        run(tracker, byId, threads, ActionListener.map(listener, done -> {
            Map<Key, Replayed> replayed = new HashMap<>();
            round.keySet().forEach(key -> replayed.put(key, byId.get(key.id()).made()));
            return replayed;
        }));
    }

    private void run(Tracker tracker, Map<String, Making> byId, Executor threads, ActionListener<Void> listener) {
        replayer.replay(tracker, byId.keySet(), threads, page -> page.forEach(shown -> byId.get(shown.profileId()).add(shown, rules)), listener);
    }
}
