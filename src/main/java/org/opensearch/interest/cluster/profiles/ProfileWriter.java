package org.opensearch.interest.cluster.profiles;

import org.opensearch.ExceptionsHelper;
import org.opensearch.action.DocWriteResponse;
import org.opensearch.action.bulk.BulkAction;
import org.opensearch.action.bulk.BulkItemResponse;
import org.opensearch.action.bulk.BulkRequest;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.common.CheckedConsumer;
import org.opensearch.common.CheckedRunnable;
import org.opensearch.common.util.concurrent.AbstractRunnable;
import org.opensearch.common.xcontent.XContentType;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.concurrency.OpenSearchRejectedExecutionException;
import org.opensearch.index.engine.VersionConflictEngineException;
import org.opensearch.interest.cluster.history.HistoryWriter;
import org.opensearch.interest.cluster.profiles.PendingChanges.Key;
import org.opensearch.interest.cluster.profiles.PendingChanges.Work;
import org.opensearch.interest.cluster.profiles.ProfileCache.CachedProfile;
import org.opensearch.interest.cluster.store.InterestIndex;
import org.opensearch.interest.cluster.store.ProfileDocument;
import org.opensearch.interest.cluster.store.StoredProfile;
import org.opensearch.interest.cluster.store.SystemClient;
import org.opensearch.interest.core.profile.EncodedProfile;
import org.opensearch.interest.core.profile.ProfileFormat;
import org.opensearch.interest.core.tracking.ChangeApplier;
import org.opensearch.interest.core.tracking.ChangeResult;
import org.opensearch.interest.core.tracking.GeometrySource;
import org.opensearch.interest.core.tracking.ReplayResult;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * The one writer of the profiles whose primary shards are on this node. A profile is in one round at a time: changes
 * that arrive meanwhile wait and are then applied together. So changes of one user need no locks, cost one write per
 * round regardless of their number, and do not conflict. A compare-and-set guards the rare case of two nodes that both
 * believe to hold the primary.
 *
 * <p>A round computes on an executor of its own, never on the threads on which reads and writes are answered. Each
 * change of a round is answered exactly once, also after any error: the round's map holds the changes that are not
 * answered yet.
 *
 * <p>Thread-safe; never blocks. The number of waiting changes is bounded.
 */
public final class ProfileWriter {
    /**
     * Maximum number of profiles in one round: enough to share a write and its fsync, few enough that a large request
     * uses more than one core.
     */
    private static final int ROUND = 256;
    private static final int ATTEMPTS = 16;

    private final SystemClient client;
    private final InterestIndex indices;
    private final ChangeApplier applier;
    private final ProfileReplayer replayer;
    private final Executor threads;
    private final HistorySync historySync;
    private final PendingChanges pending = new PendingChanges();
    private final ProfileCache cache = new ProfileCache();
    private final BatchProfileReader reader;

    /** @param threads run the rounds; may refuse work only while the node is stopping */
    public ProfileWriter(
        SystemClient client, InterestIndex indices, GeometrySource geometries, HistoryWriter history,
        ProfileReplayer replayer, Executor threads
    ) {
        this.client = client;
        this.reader = new BatchProfileReader(client, cache);
        this.historySync = new HistorySync(history);
        this.threads = threads;
        this.indices = indices;
        this.applier = new ChangeApplier(geometries);
        this.replayer = replayer;
    }

    /**
     * Applies a request's changes. Fails with 429, with nothing applied, if too many changes wait already; if none
     * waits, a request of any size is accepted.
     */
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
                    "[interest] [" + tooMany + "] events wait to be recorded, and at most ["
                        + PendingChanges.MOST_WAITING + "] may: nothing was applied, send again later"
                )
            );
            return;
        }
        // without its index, none of its waiting changes can be recorded
        indices.ensure(
            index, ActionListener.wrap(ready -> nextRounds(), e -> pending.giveUp(index).forEach(work -> work.fail(e)))
        );
    }

    /** Starts rounds for all waiting changes whose profiles are not in progress; the rounds run concurrently. */
    private void nextRounds() {
        for (Map<Key, Work> next : pending.take(ROUND)) {
            // replays take long: they get rounds of their own, so that other profiles do not wait for them
            for (Map<Key, Work> round : ProfileReplayer.separateReplays(next)) {
                step(round, () -> read(round));
            }
        }
    }

    /** Runs a step of a round. If the step fails or is rejected by the executor, the round fails. */
    private void step(Map<Key, Work> round, CheckedRunnable<Exception> step) {
        threads.execute(new AbstractRunnable() {
            @Override
            protected void doRun() throws Exception {
                step.run();
            }

            @Override
            public void onFailure(Exception e) {
                failRound(round, e);
            }
        });
    }

    /** Returns a listener that continues a round with its next step. */
    private <R> ActionListener<R> then(Map<Key, Work> round, CheckedConsumer<R, Exception> step) {
        return ActionListener
            .wrap(response -> step(round, () -> step.accept(response)), e -> step(round, () -> failRound(round, e)));
    }

    private void read(Map<Key, Work> round) {
        Map<Key, CachedProfile> cached = reader.fromCache(round);
        if (cached.size() == round.size()) {
            replay(round, cached);
            return;
        }
        reader.read(round, cached, then(round, found -> {
            found.failures().forEach((key, e) -> fail(round, key, e));
            replay(round, found.stored());
        }));
    }

    private void replay(Map<Key, Work> round, Map<Key, CachedProfile> stored) {
        if (ProfileReplayer.needsReplay(round) == false) {
            write(round, stored, Map.of());
            return;
        }
        replayer.read(round, stored, then(round, replayed -> write(round, stored, replayed)));
    }

    private void write(Map<Key, Work> round, Map<Key, CachedProfile> stored, Map<Key, ReplayResult> replayed) {
        Map<Key, ChangeApplier.Applied> decided = new LinkedHashMap<>();
        // a copy, because answered work is removed from the round
        for (Map.Entry<Key, Work> next : List.copyOf(round.entrySet())) {
            Key key = next.getKey();
            Work work = next.getValue();
            try {
                ChangeApplier.Applied applied = applier
                    .apply(work.tracker, stored.get(key).profile(), replayed.get(key), work.changes());
                if (applied.changed() || HistorySync.addsEvents(work, applied) || HistorySync.hasAfter(work)) {
                    decided.put(key, applied);
                } else {
                    finish(round, key, applied.results());
                }
            } catch (RuntimeException e) {
                // a profile that cannot be processed fails only its own changes
                fail(round, key, e);
            }
        }
        historySync.before(round, decided, then(round, failures -> {
            failures.forEach((key, e) -> fail(round, key, e));
            decided.keySet().removeAll(failures.keySet());
            writeProfiles(round, stored, decided);
        }));
    }

    /** A profile in a bulk request. */
    private record Sent(Key key, ChangeApplier.Applied applied, EncodedProfile written) {}

    private void writeProfiles(
        Map<Key, Work> round, Map<Key, CachedProfile> stored, Map<Key, ChangeApplier.Applied> decided
    ) {
        BulkRequest bulk = new BulkRequest();
        List<Sent> sent = new ArrayList<>();
        RefreshPolicy refresh = RefreshPolicy.NONE;
        for (Map.Entry<Key, ChangeApplier.Applied> next : decided.entrySet()) {
            Key key = next.getKey();
            ChangeApplier.Applied applied = next.getValue();
            if (applied.changed()) {
                CachedProfile before = stored.get(key);
                EncodedProfile written = ProfileFormat.write(applied.profile(), before.written());
                bulk.add(index(key, before.stored(), written));
                sent.add(new Sent(key, applied, written));
                refresh = PendingChanges.stronger(refresh, round.get(key).refresh());
            } else {
                syncHistory(round, key, applied);
            }
        }
        if (sent.isEmpty()) {
            nextRounds();
            return;
        }
        client.execute(BulkAction.INSTANCE, bulk.setRefreshPolicy(refresh), then(round, response -> {
            for (int i = 0; i < sent.size(); i++) {
                handleWritten(round, sent.get(i), response.getItems()[i]);
            }
            nextRounds();
        }));
    }

    private static IndexRequest index(Key key, StoredProfile before, EncodedProfile written) {
        byte[] document = ProfileDocument.of(written.bytes());
        IndexRequest index = new IndexRequest(key.index()).id(key.id()).source(document, XContentType.JSON);
        return before.isNew() ? index.create(true)
            : index.setIfSeqNo(before.seqNo()).setIfPrimaryTerm(before.primaryTerm());
    }

    private void handleWritten(Map<Key, Work> round, Sent sent, BulkItemResponse item) {
        Key key = sent.key();
        if (item.isFailed() == false) {
            DocWriteResponse document = item.getResponse();
            StoredProfile now = new StoredProfile(
                sent.applied().profile(), document.getSeqNo(), document.getPrimaryTerm()
            );
            cache.put(key, new CachedProfile(now, sent.written()));
            syncHistory(round, key, sent.applied());
            return;
        }
        cache.forget(key);
        Exception cause = item.getFailure().getCause();
        if (ExceptionsHelper.unwrapCause(cause) instanceof VersionConflictEngineException == false) {
            fail(round, key, cause);
        } else if (++round.get(key).attempts < ATTEMPTS) {
            pending.putBack(key, round.remove(key));
        } else {
            fail(
                round, key,
                new OpenSearchRejectedExecutionException(
                    "[interest] other nodes wrote this user's profile during each of [" + ATTEMPTS
                        + "] attempts: nothing was applied, send again later"
                )
            );
        }
    }

    /**
     * Changes the history after the profile was written, if necessary. Until then the profile stays in progress; the
     * rest of the round does not wait.
     */
    private void syncHistory(Map<Key, Work> round, Key key, ChangeApplier.Applied applied) {
        Work work = round.get(key);
        if (HistorySync.hasAfter(work) == false) {
            finish(round, key, applied.results());
            return;
        }
        Map<Key, Work> alone = new LinkedHashMap<>(Map.of(key, work));
        round.remove(key);
        historySync.after(key, work, applied, then(alone, synced -> {
            finish(alone, key, applied.results());
            nextRounds();
        }));
    }

    private void finish(Map<Key, Work> round, Key key, List<ChangeResult> results) {
        Work work = round.remove(key);
        if (work != null) {
            release(key, HistorySync.refused(work, results), () -> work.answer(results));
        }
    }

    private void fail(Map<Key, Work> round, Key key, Exception e) {
        Work work = round.remove(key);
        if (work != null) {
            cache.forget(key);
            release(key, work.created, () -> work.fail(e));
        }
    }

    /**
     * Releases the profile before its changes are answered, so that a client that sends again at once finds it free and
     * without events that are still to be deleted from the history.
     */
    private void release(Key key, List<HistoryWriter.Entry> entries, Runnable answer) {
        if (entries.isEmpty()) {
            pending.done(key);
            answer.run();
            return;
        }
        historySync.revert(entries, () -> {
            pending.done(key);
            answer.run();
            nextRounds();
        });
    }

    /** Fails the changes of a round that are not answered yet. */
    private void failRound(Map<Key, Work> round, Exception e) {
        for (Key key : List.copyOf(round.keySet())) {
            fail(round, key, e);
        }
        nextRounds();
    }
}
