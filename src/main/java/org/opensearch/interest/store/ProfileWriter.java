package org.opensearch.interest.store;

import org.opensearch.ExceptionsHelper;
import org.opensearch.action.NoShardAvailableActionException;
import org.opensearch.action.bulk.BulkAction;
import org.opensearch.action.bulk.BulkItemResponse;
import org.opensearch.action.bulk.BulkRequest;
import org.opensearch.action.get.GetResponse;
import org.opensearch.action.get.MultiGetAction;
import org.opensearch.action.get.MultiGetItemResponse;
import org.opensearch.action.get.MultiGetRequest;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.common.cache.Cache;
import org.opensearch.common.cache.CacheBuilder;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.concurrency.OpenSearchRejectedExecutionException;
import org.opensearch.index.engine.VersionConflictEngineException;
import org.opensearch.interest.geometry.Geometry;
import org.opensearch.interest.profile.Centre;
import org.opensearch.interest.profile.Evidence;
import org.opensearch.interest.profile.Profile;
import org.opensearch.interest.profile.TopicRules;
import org.opensearch.interest.tracking.Geometries;
import org.opensearch.interest.tracking.Tracker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The one writer of the profiles whose primary shards are on this node. A profile is never worked on twice at once: what arrives
 * for it meanwhile waits, and is then applied in one go. So events of one user need no locks, cost one write a round however many
 * they are, and do not conflict. A compare-and-set guards the rare case of two nodes that both believe to hold the primary.
 *
 * <p>Thread-safe; never blocks. What waits is bounded.
 */
public final class ProfileWriter {
    /** Events that may wait on a node; 4,096 vectors of 384 dimensions are 6 MiB. */
    static final int MOST_WAITING = 4_096;
    /** Profiles in one round: enough to share a write, few enough not to hold up the next. */
    private static final int ROUND = 512;
    private static final int ATTEMPTS = 16;
    private static final long CACHED_BYTES = 32L << 20;

    private record Key(String index, String id) {}

    /** What waits for one profile. */
    private static final class Waiting {
        final Tracker tracker;
        final List<Slot> slots = new ArrayList<>();
        RefreshPolicy refresh = RefreshPolicy.NONE;
        int attempts;

        Waiting(Tracker tracker) {
            this.tracker = tracker;
        }
    }

    /** One event and the place where its result goes. */
    private record Slot(RecordRequest.Entry entry, Batch batch, int position) {
        void answer(RecordResult result) {
            batch.answer(position, result);
        }
    }

    /** One request's results; answers it when the last is in. */
    private static final class Batch {
        private final RecordResult[] results;
        private final ActionListener<RecordResponse> listener;
        private int missing;

        Batch(int size, ActionListener<RecordResponse> listener) {
            this.results = new RecordResult[size];
            this.missing = size;
            this.listener = listener;
        }

        void answer(int position, RecordResult result) {
            synchronized (this) {
                results[position] = result;
                missing--;
                if (missing > 0) {
                    return;
                }
            }
            listener.onResponse(new RecordResponse(List.of(results)));
        }
    }

    private final SystemClient client;
    private final InterestIndex indices;
    private final Geometries geometries;
    /** Profiles as this node wrote them last. Only ever a guess: a write against a stale one conflicts, and reads. */
    private final Cache<Key, StoredProfile> hot = CacheBuilder.<Key, StoredProfile>builder()
        .setMaximumWeight(CACHED_BYTES)
        .weigher((key, stored) -> stored.weight())
        .build();

    // guarded by this
    private final Map<Key, Waiting> waiting = new LinkedHashMap<>();
    private final Set<Key> inFlight = new HashSet<>();
    private int waitingEvents;

    public ProfileWriter(SystemClient client, InterestIndex indices, Geometries geometries) {
        this.client = client;
        this.indices = indices;
        this.geometries = geometries;
    }

    /** Fails with 429, with nothing applied, where too much waits already; a request that finds nothing waiting is always taken. */
    void record(RecordRequest request, ActionListener<RecordResponse> listener) {
        if (request.entries.isEmpty()) {
            listener.onResponse(new RecordResponse(List.of()));
            return;
        }
        String index = InterestIndex.profiles(request.tracker.name());
        synchronized (this) {
            if (waitingEvents > 0 && waitingEvents + request.entries.size() > MOST_WAITING) {
                listener.onFailure(
                    new OpenSearchRejectedExecutionException(
                        "[interest] [" + waitingEvents + "] events wait to be recorded, and at most [" + MOST_WAITING + "] may: nothing was applied, send again later"
                    )
                );
                return;
            }
            Batch batch = new Batch(request.entries.size(), listener);
            for (int i = 0; i < request.entries.size(); i++) {
                RecordRequest.Entry entry = request.entries.get(i);
                Waiting forProfile = waiting.computeIfAbsent(new Key(index, entry.profileId()), key -> new Waiting(request.tracker));
                forProfile.slots.add(new Slot(entry, batch, i));
                forProfile.refresh = stronger(forProfile.refresh, request.refresh);
            }
            waitingEvents += request.entries.size();
        }
        indices.ensure(index, ActionListener.wrap(ready -> nextRound(), e -> failAll(index, e)));
    }

    private static RefreshPolicy stronger(RefreshPolicy a, RefreshPolicy b) {
        if (a == RefreshPolicy.NONE) {
            return b;
        }
        return a == RefreshPolicy.IMMEDIATE ? a : b == RefreshPolicy.IMMEDIATE ? b : a;
    }

    /** Takes up what waits for profiles that nobody works on. */
    private void nextRound() {
        Map<Key, Waiting> round = new LinkedHashMap<>();
        synchronized (this) {
            Iterator<Map.Entry<Key, Waiting>> iterator = waiting.entrySet().iterator();
            while (iterator.hasNext() && round.size() < ROUND) {
                Map.Entry<Key, Waiting> next = iterator.next();
                if (inFlight.add(next.getKey())) {
                    round.put(next.getKey(), next.getValue());
                    waitingEvents -= next.getValue().slots.size();
                    iterator.remove();
                }
            }
        }
        if (round.isEmpty() == false) {
            read(round);
        }
    }

    private void read(Map<Key, Waiting> round) {
        Map<Key, StoredProfile> known = new LinkedHashMap<>();
        MultiGetRequest get = new MultiGetRequest();
        Deque<Key> unknown = new ArrayDeque<>();
        round.forEach((key, work) -> {
            StoredProfile stored = hot.get(key);
            if (stored == null) {
                unknown.add(key);
                get.add(key.index(), key.id());
            } else {
                known.put(key, stored);
            }
        });
        if (unknown.isEmpty()) {
            write(round, known);
            return;
        }
        client.execute(MultiGetAction.INSTANCE, get, ActionListener.wrap(response -> {
            for (MultiGetItemResponse item : response.getResponses()) {
                Key key = unknown.poll();
                try {
                    known.put(key, stored(round.get(key), item));
                } catch (Exception e) {
                    finish(key, round.remove(key), e);
                }
            }
            write(round, known);
        }, e -> failRound(round, e)));
    }

    private static StoredProfile stored(Waiting work, MultiGetItemResponse item) throws Exception {
        if (item.isFailed()) {
            Exception failure = item.getFailure().getFailure();
            if (ExceptionsHelper.unwrapCause(failure) instanceof NoShardAvailableActionException) {
                // A read does not wait for a shard that is about to start, a write does: assume a new profile, and where it is none,
                // the write conflicts and the next round reads.
                return StoredProfile.none(work.tracker.halfLives());
            }
            throw failure;
        }
        GetResponse document = item.getResponse();
        return document.isExists() ? StoredProfile.read(document) : StoredProfile.none(work.tracker.halfLives());
    }

    /** One profile's events applied, and what came of each. */
    private record Applied(Profile profile, List<RecordResult> results, boolean changed) {}

    private Applied apply(Waiting work, Profile stored) {
        Tracker tracker = work.tracker;
        TopicRules rules = new TopicRules(tracker.topics().max(), tracker.topics().similarity());
        Profile profile = stored.under(tracker.halfLives());
        boolean changed = false;
        List<RecordResult> results = new ArrayList<>(work.slots.size());
        for (Slot slot : work.slots) {
            if (profile.knows(slot.entry().evidence())) {
                results.add(RecordResult.of(RecordResult.Outcome.DUPLICATE));
                continue;
            }
            try {
                Evidence evidence = slot.entry().evidence();
                Geometry geometry = geometries.of(tracker, evidence.vector().length);
                profile = profile.plus(evidence, new Centre(geometry.itemMean(), geometry.textMean()), rules);
                changed = true;
                results.add(RecordResult.of(RecordResult.Outcome.APPLIED));
            } catch (IllegalArgumentException e) {
                results.add(RecordResult.failed(new IllegalArgumentException("[interest] " + e.getMessage(), e)));
            }
        }
        return new Applied(profile, results, changed);
    }

    private void write(Map<Key, Waiting> round, Map<Key, StoredProfile> stored) {
        BulkRequest bulk = new BulkRequest();
        Map<Key, Applied> written = new LinkedHashMap<>();
        RefreshPolicy refresh = RefreshPolicy.NONE;
        Iterator<Map.Entry<Key, Waiting>> works = round.entrySet().iterator();
        while (works.hasNext()) {
            Map.Entry<Key, Waiting> work = works.next();
            Key key = work.getKey();
            StoredProfile before = stored.get(key);
            Applied applied = apply(work.getValue(), before.profile());
            if (applied.changed() == false) {
                works.remove();
                finish(key, work.getValue(), applied.results());
                continue;
            }
            IndexRequest index = new IndexRequest(key.index()).id(key.id()).source(StoredProfile.source(applied.profile()));
            if (before.isNew()) {
                index.create(true);
            } else {
                index.setIfSeqNo(before.seqNo()).setIfPrimaryTerm(before.primaryTerm());
            }
            bulk.add(index);
            written.put(key, applied);
            refresh = stronger(refresh, work.getValue().refresh);
        }
        if (written.isEmpty()) {
            nextRound();
            return;
        }
        client.execute(BulkAction.INSTANCE, bulk.setRefreshPolicy(refresh), ActionListener.wrap(response -> {
            Iterator<Map.Entry<Key, Applied>> sent = written.entrySet().iterator();
            for (BulkItemResponse item : response.getItems()) {
                Map.Entry<Key, Applied> next = sent.next();
                settle(next.getKey(), round.remove(next.getKey()), next.getValue(), item);
            }
            nextRound();
        }, e -> failRound(round, e)));
    }

    private void settle(Key key, Waiting work, Applied applied, BulkItemResponse item) {
        if (item.isFailed() == false) {
            hot.put(key, new StoredProfile(applied.profile(), item.getResponse().getSeqNo(), item.getResponse().getPrimaryTerm()));
            finish(key, work, applied.results());
            return;
        }
        hot.invalidate(key);
        Exception cause = item.getFailure().getCause();
        if (ExceptionsHelper.unwrapCause(cause) instanceof VersionConflictEngineException == false) {
            finish(key, work, cause);
        } else if (++work.attempts < ATTEMPTS) {
            again(key, work);
        } else {
            finish(
                key,
                work,
                new OpenSearchRejectedExecutionException(
                    "[interest] this user's profile is being written by too many at once: nothing was applied, send again later"
                )
            );
        }
    }

    /** Puts work back, ahead of what arrived for the profile meanwhile. */
    private synchronized void again(Key key, Waiting work) {
        Waiting later = waiting.put(key, work);
        waitingEvents += work.slots.size();
        if (later != null) {
            work.slots.addAll(later.slots);
            work.refresh = stronger(work.refresh, later.refresh);
        }
        inFlight.remove(key);
    }

    private void finish(Key key, Waiting work, Exception e) {
        finish(key, work, work.slots.stream().map(slot -> RecordResult.failed(e)).toList());
    }

    private void finish(Key key, Waiting work, List<RecordResult> results) {
        synchronized (this) {
            inFlight.remove(key);
        }
        for (int i = 0; i < results.size(); i++) {
            work.slots.get(i).answer(results.get(i));
        }
    }

    private void failRound(Map<Key, Waiting> round, Exception e) {
        round.forEach((key, work) -> {
            hot.invalidate(key);
            finish(key, work, e);
        });
        nextRound();
    }

    /** The index cannot be made: nothing that waits for it can be recorded. */
    private void failAll(String index, Exception e) {
        Map<Key, Waiting> lost = new LinkedHashMap<>();
        synchronized (this) {
            waiting.entrySet().removeIf(next -> {
                boolean ofIndex = next.getKey().index().equals(index) && inFlight.contains(next.getKey()) == false;
                if (ofIndex) {
                    lost.put(next.getKey(), next.getValue());
                    waitingEvents -= next.getValue().slots.size();
                }
                return ofIndex;
            });
        }
        lost.values().forEach(work -> work.slots.forEach(slot -> slot.answer(RecordResult.failed(e))));
    }
}
