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
import org.opensearch.interest.cluster.profiles.ProfileCache.Hot;
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
 * The one writer of the profiles whose primary shards are on this node. A profile is never worked on twice at once:
 * what arrives for it meanwhile waits, and is then applied in one go. So changes of one user need no locks, cost one
 * write a round however many they are, and do not conflict. A compare-and-set guards the rare case of two nodes that
 * both believe to hold the primary.
 *
 * <p>What a round computes runs on threads of its own, never on those that the answers of reads and writes arrive on.
 * Whatever goes wrong in a round, each of its changes is answered, and answered once: a round holds what is not
 * answered yet.
 *
 * <p>Thread-safe; never blocks. What waits is bounded.
 */
public final class ProfileWriter {
    /**
     * Profiles in one round: enough to share a write and its sync, few enough that a large request keeps more than one
     * core busy.
     */
    private static final int ROUND = 256;
    private static final int ATTEMPTS = 16;

    private final SystemClient client;
    private final InterestIndex indices;
    private final ChangeApplier rules;
    private final ProfileReplayer replays;
    private final Executor threads;
    private final HistorySync keeping;
    private final PendingChanges pending = new PendingChanges();
    private final ProfileCache hot = new ProfileCache();
    private final BatchProfileReader reads;

    /** @param threads that may refuse work only once the node is stopping */
    public ProfileWriter(
        SystemClient client, InterestIndex indices, GeometrySource geometries, HistoryWriter history,
        ProfileReplayer replays, Executor threads
    ) {
        this.client = client;
        this.reads = new BatchProfileReader(client, hot);
        this.keeping = new HistorySync(history);
        this.threads = threads;
        this.indices = indices;
        this.rules = new ChangeApplier(geometries);
        this.replays = replays;
    }

    /**
     * Fails with 429, with nothing applied, where too much waits already; a request that finds nothing waiting is
     * always taken.
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
        // where the index cannot be made, nothing that waits for it can be recorded
        indices.ensure(
            index, ActionListener.wrap(ready -> nextRounds(), e -> pending.giveUp(index).forEach(work -> work.fail(e)))
        );
    }

    /** Takes up what waits for profiles that nobody works on: all of it, in rounds that run side by side. */
    private void nextRounds() {
        for (Map<Key, Work> next : pending.take(ROUND)) {
            // what takes long goes by itself, so that nobody else waits for it
            for (Map<Key, Work> round : ProfileReplayer.apart(next)) {
                step(round, () -> read(round));
            }
        }
    }

    /** A step of a round. One that fails, or that nobody runs any more, fails the round. */
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

    /** What a round waits for, and how it goes on from there. */
    private <R> ActionListener<R> then(Map<Key, Work> round, CheckedConsumer<R, Exception> step) {
        return ActionListener
            .wrap(response -> step(round, () -> step.accept(response)), e -> step(round, () -> failRound(round, e)));
    }

    private void read(Map<Key, Work> round) {
        Map<Key, Hot> remembered = reads.remembered(round);
        if (remembered.size() == round.size()) {
            replay(round, remembered);
            return;
        }
        reads.read(round, remembered, then(round, found -> {
            found.failures().forEach((key, e) -> fail(round, key, e));
            replay(round, found.stored());
        }));
    }

    private void replay(Map<Key, Work> round, Map<Key, Hot> stored) {
        if (ProfileReplayer.needed(round) == false) {
            write(round, stored, Map.of());
            return;
        }
        replays.read(round, stored, then(round, replayed -> write(round, stored, replayed)));
    }

    private void write(Map<Key, Work> round, Map<Key, Hot> stored, Map<Key, ReplayResult> replayed) {
        Map<Key, ChangeApplier.Applied> decided = new LinkedHashMap<>();
        // a copy: what is answered leaves the round
        for (Map.Entry<Key, Work> next : List.copyOf(round.entrySet())) {
            Key key = next.getKey();
            Work work = next.getValue();
            try {
                ChangeApplier.Applied applied = rules
                    .apply(work.tracker, stored.get(key).profile(), replayed.get(key), work.changes());
                if (applied.changed() || HistorySync.keeps(work, applied) || HistorySync.hasAfter(work)) {
                    decided.put(key, applied);
                } else {
                    finish(round, key, applied.results());
                }
            } catch (RuntimeException e) {
                // a profile that cannot be worked on fails its own changes alone
                fail(round, key, e);
            }
        }
        keeping.before(round, decided, then(round, failures -> {
            failures.forEach((key, e) -> fail(round, key, e));
            decided.keySet().removeAll(failures.keySet());
            writeProfiles(round, stored, decided);
        }));
    }

    /** A profile on its way into the index. */
    private record Sent(Key key, ChangeApplier.Applied applied, EncodedProfile written) {}

    private void writeProfiles(Map<Key, Work> round, Map<Key, Hot> stored, Map<Key, ChangeApplier.Applied> decided) {
        BulkRequest bulk = new BulkRequest();
        List<Sent> sent = new ArrayList<>();
        RefreshPolicy refresh = RefreshPolicy.NONE;
        for (Map.Entry<Key, ChangeApplier.Applied> next : decided.entrySet()) {
            Key key = next.getKey();
            ChangeApplier.Applied applied = next.getValue();
            if (applied.changed()) {
                Hot before = stored.get(key);
                EncodedProfile written = ProfileFormat.write(applied.profile(), before.written());
                bulk.add(index(key, before.stored(), written));
                sent.add(new Sent(key, applied, written));
                refresh = PendingChanges.stronger(refresh, round.get(key).refresh());
            } else {
                follow(round, key, applied);
            }
        }
        if (sent.isEmpty()) {
            nextRounds();
            return;
        }
        client.execute(BulkAction.INSTANCE, bulk.setRefreshPolicy(refresh), then(round, response -> {
            for (int i = 0; i < sent.size(); i++) {
                settle(round, sent.get(i), response.getItems()[i]);
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

    private void settle(Map<Key, Work> round, Sent sent, BulkItemResponse item) {
        Key key = sent.key();
        if (item.isFailed() == false) {
            DocWriteResponse document = item.getResponse();
            StoredProfile now = new StoredProfile(
                sent.applied().profile(), document.getSeqNo(), document.getPrimaryTerm()
            );
            hot.put(key, new Hot(now, sent.written()));
            follow(round, key, sent.applied());
            return;
        }
        hot.forget(key);
        Exception cause = item.getFailure().getCause();
        if (ExceptionsHelper.unwrapCause(cause) instanceof VersionConflictEngineException == false) {
            fail(round, key, cause);
        } else if (++round.get(key).attempts < ATTEMPTS) {
            pending.putBack(key, round.remove(key));
        } else {
            fail(
                round, key,
                new OpenSearchRejectedExecutionException(
                    "[interest] this user's profile is being written by too many at once: nothing was applied, send again later"
                )
            );
        }
    }

    /**
     * The history follows where it has to; until then nobody else works on the profile, and the rest of the round is
     * done.
     */
    private void follow(Map<Key, Work> round, Key key, ChangeApplier.Applied applied) {
        Work work = round.get(key);
        if (HistorySync.hasAfter(work) == false) {
            finish(round, key, applied.results());
            return;
        }
        Map<Key, Work> alone = new LinkedHashMap<>(Map.of(key, work));
        round.remove(key);
        keeping.after(key, work, applied, then(alone, followed -> {
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
            hot.forget(key);
            release(key, work.created, () -> work.fail(e));
        }
    }

    /**
     * The profile is free before anybody hears of it: who sends again at once finds it so, and nothing that is still to
     * be taken back.
     */
    private void release(Key key, List<HistoryWriter.Entry> back, Runnable answer) {
        if (back.isEmpty()) {
            pending.done(key);
            answer.run();
            return;
        }
        keeping.takeBack(back, () -> {
            pending.done(key);
            answer.run();
            nextRounds();
        });
    }

    /** Fails what the round has not answered yet. */
    private void failRound(Map<Key, Work> round, Exception e) {
        for (Key key : List.copyOf(round.keySet())) {
            fail(round, key, e);
        }
        nextRounds();
    }
}
