package org.opensearch.interest.cluster.profiles;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.history.HistoryWriter;
import org.opensearch.interest.core.profile.ProfileChange;
import org.opensearch.interest.core.tracking.ChangeResult;
import org.opensearch.interest.core.tracking.Tracker;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The changes that wait on a node, by the profile they are for, and which profiles are being worked on. A profile is
 * taken by one worker at a time, with all that waits for it, in the order of arrival. Thread-safe; what waits is
 * bounded.
 */
final class PendingChanges {
    private static final Logger logger = LogManager.getLogger(PendingChanges.class);

    /** Changes that may wait on a node; 4,096 vectors of 384 dimensions are 6 MiB. */
    static final int MOST_WAITING = 4_096;

    /** A profile's document. */
    record Key(String index, String id) {}

    /** What waits for one profile. */
    static final class Work {
        final Tracker tracker;
        private final List<Slot> slots = new ArrayList<>();
        private RefreshPolicy refresh = RefreshPolicy.NONE;
        int attempts;
        /** What these changes brought into the history so far. */
        final List<HistoryWriter.Entry> created = new ArrayList<>();

        Work(Tracker tracker) {
            this.tracker = tracker;
        }

        List<ProfileChange> changes() {
            return slots.stream().map(Slot::change).toList();
        }

        RefreshPolicy refresh() {
            return refresh;
        }

        /** @param results one a change, in their order */
        void answer(List<ChangeResult> results) {
            for (int i = 0; i < results.size(); i++) {
                slots.get(i).batch().answer(slots.get(i).position(), ChangeResultFormat.withStatus(results.get(i)));
            }
        }

        void fail(Exception e) {
            answer(slots.stream().map(slot -> ChangeResult.failed(e)).toList());
        }
    }

    /** One change and the place where its result goes. */
    private record Slot(ProfileChange change, Batch batch, int position) {}

    /** One request's results; answers it when the last is in. */
    private static final class Batch {
        private final ChangeResult[] results;
        private final ActionListener<RecordResponse> listener;
        private int missing;

        Batch(int size, ActionListener<RecordResponse> listener) {
            this.results = new ChangeResult[size];
            this.missing = size;
            this.listener = listener;
        }

        void answer(int position, ChangeResult result) {
            synchronized (this) {
                results[position] = result;
                missing--;
                if (missing > 0) {
                    return;
                }
            }
            try {
                listener.onResponse(new RecordResponse(List.of(results)));
            } catch (RuntimeException e) {
                // whoever cannot take the answer must not keep the others of the round from theirs
                logger.warn("[interest] the answer to [{}] recorded changes was not taken", results.length, e);
            }
        }
    }

    // all guarded by this
    private final Map<Key, Work> waiting = new LinkedHashMap<>();
    private final Set<Key> inFlight = new HashSet<>();
    private int changes;

    /**
     * Takes a request in; one that finds nothing waiting is always taken.
     *
     * @return −1, or how many changes wait where that is too many, and nothing was taken
     */
    synchronized int add(String index, RecordRequest request, ActionListener<RecordResponse> listener) {
        if (changes > 0 && changes + request.entries.size() > MOST_WAITING) {
            return changes;
        }
        Batch batch = new Batch(request.entries.size(), listener);
        for (int i = 0; i < request.entries.size(); i++) {
            RecordRequest.Entry entry = request.entries.get(i);
            Work work = waiting.computeIfAbsent(new Key(index, entry.profileId()), key -> new Work(request.tracker));
            work.slots.add(new Slot(entry.change(), batch, i));
            work.refresh = stronger(work.refresh, request.refresh);
        }
        changes += request.entries.size();
        return -1;
    }

    /**
     * What waits for profiles that nobody works on; the caller works on them from now on.
     *
     * @param most profiles in one of the parts: as few parts as that allows, of about equal size, so that none is
     *             waited for by the others
     */
    synchronized List<Map<Key, Work>> take(int most) {
        List<Key> free = waiting.keySet().stream().filter(key -> inFlight.contains(key) == false).toList();
        int parts = Math.ceilDiv(free.size(), most);
        List<Map<Key, Work>> taken = new ArrayList<>(parts);
        for (int left = parts, from = 0; left > 0; left--) {
            int to = from + Math.ceilDiv(free.size() - from, left);
            Map<Key, Work> round = new LinkedHashMap<>();
            for (Key key : free.subList(from, to)) {
                Work work = waiting.remove(key);
                changes -= work.slots.size();
                round.put(key, work);
            }
            inFlight.addAll(round.keySet());
            taken.add(round);
            from = to;
        }
        return taken;
    }

    synchronized void done(Key key) {
        inFlight.remove(key);
    }

    /** Puts work back, ahead of what arrived for the profile meanwhile. */
    synchronized void putBack(Key key, Work work) {
        Work later = waiting.put(key, work);
        changes += work.slots.size();
        if (later != null) {
            work.slots.addAll(later.slots);
            work.refresh = stronger(work.refresh, later.refresh);
        }
        inFlight.remove(key);
    }

    /** Gives up what waits for an index and is not worked on; the caller answers it. */
    synchronized List<Work> giveUp(String index) {
        List<Work> lost = new ArrayList<>();
        waiting.entrySet().removeIf(next -> {
            boolean ofIndex = next.getKey().index().equals(index) && inFlight.contains(next.getKey()) == false;
            if (ofIndex) {
                lost.add(next.getValue());
                changes -= next.getValue().slots.size();
            }
            return ofIndex;
        });
        return lost;
    }

    /**
     * Never one that waits: profiles are refreshed by nobody else, so it would wait for ever, and everybody in its
     * round with it.
     */
    static RefreshPolicy stronger(RefreshPolicy a, RefreshPolicy b) {
        return a == RefreshPolicy.NONE && b == RefreshPolicy.NONE ? RefreshPolicy.NONE : RefreshPolicy.IMMEDIATE;
    }
}
