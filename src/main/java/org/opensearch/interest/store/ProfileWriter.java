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
import org.opensearch.interest.store.PendingChanges.Key;
import org.opensearch.interest.store.PendingChanges.Work;
import org.opensearch.interest.tracking.Geometries;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The one writer of the profiles whose primary shards are on this node. A profile is never worked on twice at once: what arrives
 * for it meanwhile waits, and is then applied in one go. So changes of one user need no locks, cost one write a round however many
 * they are, and do not conflict. A compare-and-set guards the rare case of two nodes that both believe to hold the primary.
 *
 * <p>Thread-safe; never blocks. What waits is bounded.
 */
public final class ProfileWriter {
    /** Profiles in one round: enough to share a write, few enough not to hold up the next. */
    private static final int ROUND = 512;
    private static final int ATTEMPTS = 16;
    private static final long CACHED_BYTES = 32L << 20;

    private final SystemClient client;
    private final InterestIndex indices;
    private final ChangeRules rules;
    private final PendingChanges pending = new PendingChanges();
    /** Profiles as this node wrote them last. Only ever a guess: a write against a stale one conflicts, and reads. */
    private final Cache<Key, StoredProfile> hot = CacheBuilder.<Key, StoredProfile>builder()
        .setMaximumWeight(CACHED_BYTES)
        .weigher((key, stored) -> stored.weight())
        .build();

    public ProfileWriter(SystemClient client, InterestIndex indices, Geometries geometries) {
        this.client = client;
        this.indices = indices;
        this.rules = new ChangeRules(geometries);
    }

    /** Fails with 429, with nothing applied, where too much waits already; a request that finds nothing waiting is always taken. */
    void record(RecordRequest request, ActionListener<RecordResponse> listener) {
        if (request.entries.isEmpty()) {
            listener.onResponse(new RecordResponse(List.of()));
            return;
        }
        String index = InterestIndex.profiles(request.tracker.name());
        int tooMany = pending.add(index, request, listener);
        if (tooMany >= 0) {
            listener.onFailure(
                new OpenSearchRejectedExecutionException(
                    "[interest] [" + tooMany + "] events wait to be recorded, and at most [" + PendingChanges.MOST_WAITING
                        + "] may: nothing was applied, send again later"
                )
            );
            return;
        }
        // where the index cannot be made, nothing that waits for it can be recorded
        indices.ensure(index, ActionListener.wrap(ready -> nextRound(), e -> pending.giveUp(index).forEach(work -> work.fail(e))));
    }

    /** Takes up what waits for profiles that nobody works on. */
    private void nextRound() {
        Map<Key, Work> round = pending.take(ROUND);
        if (round.isEmpty() == false) {
            read(round);
        }
    }

    private void read(Map<Key, Work> round) {
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
                    fail(key, round.remove(key), e);
                }
            }
            write(round, known);
        }, e -> failRound(round, e)));
    }

    private static StoredProfile stored(Work work, MultiGetItemResponse item) throws Exception {
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

    private void write(Map<Key, Work> round, Map<Key, StoredProfile> stored) {
        BulkRequest bulk = new BulkRequest();
        Map<Key, ChangeRules.Applied> written = new LinkedHashMap<>();
        RefreshPolicy refresh = RefreshPolicy.NONE;
        Iterator<Map.Entry<Key, Work>> works = round.entrySet().iterator();
        while (works.hasNext()) {
            Map.Entry<Key, Work> next = works.next();
            Key key = next.getKey();
            Work work = next.getValue();
            StoredProfile before = stored.get(key);
            ChangeRules.Applied applied = rules.apply(work.tracker, before.profile(), work.changes());
            if (applied.changed() == false) {
                works.remove();
                finish(key, work, applied.results());
                continue;
            }
            bulk.add(index(key, before, applied));
            written.put(key, applied);
            refresh = PendingChanges.stronger(refresh, work.refresh());
        }
        if (written.isEmpty()) {
            nextRound();
            return;
        }
        client.execute(BulkAction.INSTANCE, bulk.setRefreshPolicy(refresh), ActionListener.wrap(response -> {
            Iterator<Map.Entry<Key, ChangeRules.Applied>> sent = written.entrySet().iterator();
            for (BulkItemResponse item : response.getItems()) {
                Map.Entry<Key, ChangeRules.Applied> next = sent.next();
                settle(next.getKey(), round.remove(next.getKey()), next.getValue(), item);
            }
            nextRound();
        }, e -> failRound(round, e)));
    }

    private static IndexRequest index(Key key, StoredProfile before, ChangeRules.Applied applied) {
        IndexRequest index = new IndexRequest(key.index()).id(key.id()).source(StoredProfile.source(applied.profile()));
        return before.isNew() ? index.create(true) : index.setIfSeqNo(before.seqNo()).setIfPrimaryTerm(before.primaryTerm());
    }

    private void settle(Key key, Work work, ChangeRules.Applied applied, BulkItemResponse item) {
        if (item.isFailed() == false) {
            hot.put(key, new StoredProfile(applied.profile(), item.getResponse().getSeqNo(), item.getResponse().getPrimaryTerm()));
            finish(key, work, applied.results());
            return;
        }
        hot.invalidate(key);
        Exception cause = item.getFailure().getCause();
        if (ExceptionsHelper.unwrapCause(cause) instanceof VersionConflictEngineException == false) {
            fail(key, work, cause);
        } else if (++work.attempts < ATTEMPTS) {
            pending.putBack(key, work);
        } else {
            fail(
                key,
                work,
                new OpenSearchRejectedExecutionException(
                    "[interest] this user's profile is being written by too many at once: nothing was applied, send again later"
                )
            );
        }
    }

    private void finish(Key key, Work work, List<RecordResult> results) {
        pending.done(key);
        work.answer(results);
    }

    private void fail(Key key, Work work, Exception e) {
        pending.done(key);
        work.fail(e);
    }

    private void failRound(Map<Key, Work> round, Exception e) {
        round.forEach((key, work) -> {
            hot.invalidate(key);
            fail(key, work, e);
        });
        nextRound();
    }
}
