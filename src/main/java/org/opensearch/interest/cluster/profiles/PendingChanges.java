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
 * Queue of the changes on a node, by profile, and the set of profiles in progress. A profile is processed by one round
 * at a time, with all of its waiting changes, in the order of arrival. Thread-safe; the number of waiting changes is
 * bounded.
 */
final class PendingChanges {
    private static final Logger logger = LogManager.getLogger(PendingChanges.class);

    /** Maximum number of waiting changes on a node; 4,096 vectors of 384 dimensions take 6 MiB. */
    static final int MOST_WAITING = 4_096;

    /** Index and id of a profile's document. */
    record Key(String index, String id) {}

    /** Changes of one profile that wait or are in progress. */
    static final class Work {
        final Tracker tracker;
        private final List<Slot> slots = new ArrayList<>();
        private RefreshPolicy refresh = RefreshPolicy.NONE;
        int attempts;
        /** Events that these changes have added to the history so far. */
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

        /** @param results one per change, in their order */
        void answer(List<ChangeResult> results) {
            for (int i = 0; i < results.size(); i++) {
                slots.get(i).batch().answer(slots.get(i).position(), ChangeResultFormat.withStatus(results.get(i)));
            }
        }

        void fail(Exception e) {
            answer(slots.stream().map(slot -> ChangeResult.failed(e)).toList());
        }
    }

    /** One change and the position of its result in a request. */
    private record Slot(ProfileChange change, Batch batch, int position) {}

    /** Results of one request, which is answered when the last result has arrived. */
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
                // a listener that fails must not prevent the answers of other requests in the round
                logger.warn("[interest] the listener of [{}] recorded changes failed", results.length, e);
            }
        }
    }

    // guarded by this
    private final Map<Key, Work> waiting = new LinkedHashMap<>();
    private final Set<Key> inFlight = new HashSet<>();
    private int changes;

    /**
     * Adds a request's changes. An empty queue accepts a request of any size.
     *
     * @return −1 if the request was added; else the number of waiting changes, which leave no space for it
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
     * Removes and returns all waiting changes whose profiles are not in progress. These profiles are in progress from
     * now on.
     *
     * @param most maximum number of profiles in a round; returns as few rounds as possible, of about equal size, so
     *             that they take about equal time
     */
    synchronized List<Map<Key, Work>> take(int most) {
        List<Key> free = waiting.keySet().stream().filter(key -> inFlight.contains(key) == false).toList();
        int rounds = Math.ceilDiv(free.size(), most);
        List<Map<Key, Work>> all = new ArrayList<>(rounds);
        for (int left = rounds, from = 0; left > 0; left--) {
            int to = from + Math.ceilDiv(free.size() - from, left);
            Map<Key, Work> round = new LinkedHashMap<>();
            for (Key key : free.subList(from, to)) {
                Work work = waiting.remove(key);
                changes -= work.slots.size();
                round.put(key, work);
            }
            inFlight.addAll(round.keySet());
            all.add(round);
            from = to;
        }
        return all;
    }

    synchronized void done(Key key) {
        inFlight.remove(key);
    }

    /** Puts work back, ahead of changes that arrived for the profile meanwhile. */
    synchronized void putBack(Key key, Work work) {
        Work later = waiting.put(key, work);
        changes += work.slots.size();
        if (later != null) {
            work.slots.addAll(later.slots);
            work.refresh = stronger(work.refresh, later.refresh);
        }
        inFlight.remove(key);
    }

    /** Removes the waiting changes of an index whose profiles are not in progress; the caller answers them. */
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
     * Returns the refresh policy for two requests in one write. Never {@code WAIT_UNTIL}: profiles are refreshed only
     * on request, so it would wait for ever, and all requests of its round with it.
     */
    static RefreshPolicy stronger(RefreshPolicy a, RefreshPolicy b) {
        return a == RefreshPolicy.NONE && b == RefreshPolicy.NONE ? RefreshPolicy.NONE : RefreshPolicy.IMMEDIATE;
    }
}
