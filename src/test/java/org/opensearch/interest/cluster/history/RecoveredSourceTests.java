package org.opensearch.interest.cluster.history;

import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.common.io.stream.BytesStreamOutput;
import org.opensearch.core.common.breaker.NoopCircuitBreaker;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.core.index.Index;
import org.opensearch.index.IndexService;
import org.opensearch.index.shard.IndexShard;
import org.opensearch.index.translog.Translog;
import org.opensearch.indices.IndicesService;
import org.opensearch.interest.api.tracker.CalibrateRequest;
import org.opensearch.interest.api.tracker.RebuildRequest;
import org.opensearch.interest.api.tracker.TransportCalibrateAction;
import org.opensearch.interest.api.tracker.TransportRebuildAction;
import org.opensearch.interest.cluster.engagement.EngagementBuilder;
import org.opensearch.interest.cluster.profiles.ProfileMerger;
import org.opensearch.interest.cluster.profiles.RecordRequest;
import org.opensearch.interest.cluster.store.EvaluationStore;
import org.opensearch.interest.cluster.store.InterestIndex;
import org.opensearch.interest.cluster.store.ProfileId;
import org.opensearch.interest.cluster.store.ProfileStore;
import org.opensearch.interest.core.profile.DeclaredInterests;
import org.opensearch.interest.core.profile.Evidence;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.profile.ProfileChange;
import org.opensearch.interest.core.tracking.ChangeResult;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.UserId;
import org.opensearch.interest.core.vector.Vectors;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Checks that the source which a recovering replica reads from an index equals, byte for byte, the source that writes
 * send. A replica that recovers during writes may get a change both ways, and OpenSearch fails if the two differ.
 */
public class RecoveredSourceTests extends HistoryTestCase {
    private static final List<String> USERS = List.of("ann", "bob", "cec", "dan", "eve");
    private static final int CHANGES = 150;

    private Tracker shop;
    private int dimension;
    private long now;

    /** Creates a tracker whose items have a random number of dimensions. */
    private void shop() {
        dimension = randomIntBetween(4, 40);
        now = System.currentTimeMillis();
        client().admin()
            .indices()
            .prepareCreate("wide")
            .setMapping("v", "type=interest_vector,dimension=" + dimension)
            .get();
        for (int i = 0; i < 30; i++) {
            List<Float> vector = new ArrayList<>();
            for (float number : unit()) {
                vector.add(number);
            }
            client().prepareIndex("wide").setId("i" + i).setSource(Map.of("v", vector)).get();
        }
        client().admin().indices().prepareRefresh("wide").get();
        Map<String, Object> items = Map.of("index", "wide", "vector_field", "v");
        shop = tracker("shop", Map.of("items", items, "topics", Map.of("max", 6, "similarity", 0.3)));
    }

    private float[] unit() {
        float[] vector = new float[dimension];
        for (int d = 0; d < dimension; d++) {
            vector[d] = (float) random().nextGaussian();
        }
        return Vectors.unit(vector);
    }

    private long past() {
        return now - randomLongBetween(0, 400 * DAY);
    }

    private RecordRequest.Entry entry(String user) {
        Evidence evidence = new Evidence(
            unit(), randomFrom(Evidence.Source.values()), randomFrom(-2.0, 0.0, 0.25, 1.0, 4.5), past(),
            randomBoolean() ? OptionalLong.of(random().nextLong()) : OptionalLong.empty(),
            randomBoolean() ? "i" + randomIntBetween(0, 29) : null,
            randomFrom("", "red shoes", randomRealisticUnicodeOfCodepointLengthBetween(1, 80)),
            randomFrom("", "click", Evidence.IMPRESSION), randomFrom(Evidence.LONG_TERM, 3 * DAY, 90 * DAY)
        );
        return new RecordRequest.Entry(ProfileId.of(shop, new UserId(user)), new ProfileChange.RecordEvent(evidence));
    }

    private DeclaredInterests declared() {
        List<DeclaredInterests.Interest> interests = new ArrayList<>();
        for (int i = randomIntBetween(0, DeclaredInterests.MOST); i > 0; i--) {
            interests
                .add(new DeclaredInterests.Interest(randomRealisticUnicodeOfCodepointLengthBetween(1, 40), unit()));
        }
        return new DeclaredInterests(interests);
    }

    private void change(String user, ProfileChange change) {
        HistoryTestCase.<Void>await(listener -> recorder().change(shop, new UserId(user), List.of(change), listener));
    }

    private void merge(String from, String into) {
        if (profile(shop, from).map(Profile::isUnknown).orElse(true)) {
            return;
        }
        ProfileMerger merge = new ProfileMerger(getInstanceFromNode(ProfileStore.class), recorder());
        HistoryTestCase.<Void>await(listener -> merge.merge(shop, new UserId(from), new UserId(into), listener));
    }

    /** Makes each kind of change to a user's profile once, with random values. */
    private void write(int turn) {
        String user = randomFrom(USERS);
        String other = USERS.get((USERS.indexOf(user) + 1) % USERS.size());
        switch (turn % 8) {
            case 0 -> change(user, new ProfileChange.OptOut(false));
            case 1 -> change(user, new ProfileChange.Declare(declared()));
            case 2 -> merge(user, other);
            case 3 -> send(
                "shop",
                event(user, randomFrom("click", "dislike"), "item", "i" + randomIntBetween(0, 29), "timestamp", past())
            );
            case 4 -> change(user, new ProfileChange.Forget(rarely() ? now : past()));
            case 5 -> change(user, new ProfileChange.OptOut(rarely()));
            // an interrupted merge: the source's profile still contains the profile to be moved
            case 6 ->
                change(user, new ProfileChange.MergeOut(ProfileId.of(shop, new UserId(other)), random().nextLong()));
            default -> {
                List<RecordRequest.Entry> entries = new ArrayList<>();
                for (int i = randomIntBetween(1, 20); i > 0; i--) {
                    entries.add(entry(randomFrom(USERS)));
                }
                HistoryTestCase.<List<ChangeResult>>await(
                    listener -> recorder().record(shop, entries, RefreshPolicy.NONE, listener)
                );
            }
        }
    }

    public void testOfUsers() throws IOException {
        shop();
        for (int turn = 0; turn < CHANGES; turn++) {
            write(turn);
        }
        client().execute(TransportRebuildAction.TYPE, new RebuildRequest("shop", false)).actionGet();
        assertTrue("profiles", assertSameFromBoth(InterestIndex.profiles("shop")) > CHANGES / 2);
        // the plugin itself never does this
        client().prepareDelete(InterestIndex.profiles("shop"), ProfileId.of(shop, new UserId("ann"))).get();
        assertSameFromBoth(InterestIndex.profiles("shop"));
    }

    public void testOfAllThatThePluginKeeps() throws IOException {
        shop();
        for (int i = 0; i < 40; i++) {
            send(
                "shop",
                event(
                    randomFrom(USERS), "purchase", "item", "i" + randomIntBetween(0, 9), "id",
                    "e" + randomIntBetween(0, 30)
                )
            );
        }
        NoopCircuitBreaker breaker = new NoopCircuitBreaker("request");
        HistoryTestCase.<EngagementBuilder.Result>await(
            listener -> getInstanceFromNode(EngagementBuilder.class)
                .run(shop, read -> {}, search -> {}, breaker, listener)
        );
        Map<String, Object> fitted = Map.of("items", Map.of("index", "wide", "vector_field", "v"), "geometry", "auto");
        tracker("fitted", fitted);
        client().execute(TransportCalibrateAction.TYPE, new CalibrateRequest("fitted", false)).actionGet();
        EvaluationStore.Kept report = new EvaluationStore.Kept("report", now, "{\"cases\":1}", "{}", "text", "<html>");
        HistoryTestCase.<Void>await(listener -> getInstanceFromNode(EvaluationStore.class).put(shop, report, listener));
        change("ann", new ProfileChange.Forget(now));

        TreeSet<String> kinds = new TreeSet<>();
        for (IndexService index : getInstanceFromNode(IndicesService.class)) {
            String name = index.index().getName();
            if (name.startsWith(InterestIndex.PREFIX)) {
                assertTrue(name, assertSameFromBoth(name) > 0);
                kinds.add(name.substring(InterestIndex.PREFIX.length()).split("-", 0)[0]);
            }
        }
        assertEquals("[engagement, evaluations, geometries, history, profiles, trackers]", kinds.toString());
    }

    /** Returns the number of changes; all of them must still be in the log. */
    private int assertSameFromBoth(String name) throws IOException {
        Index index = resolveIndex(name);
        IndexShard shard = getInstanceFromNode(IndicesService.class).indexServiceSafe(index).getShard(0);
        long last = shard.seqNoStats().getMaxSeqNo();
        List<Translog.Operation> sent;
        List<Translog.Operation> recovered;
        try (Translog.Snapshot log = shard.getHistoryOperationsFromTranslog(0, last);
            Translog.Snapshot segments = shard.getHistoryOperations("test", 0, last, true)) {
            sent = operations(log);
            recovered = operations(segments);
        }
        assertEquals(last + 1, sent.size());
        assertEquals(last + 1, recovered.size());
        for (int i = 0; i < sent.size(); i++) {
            assertEquals(name, text(sent.get(i)), text(recovered.get(i)));
            assertEquals(name, bytes(sent.get(i)), bytes(recovered.get(i)));
        }
        return sent.size();
    }

    private static List<Translog.Operation> operations(Translog.Snapshot snapshot) throws IOException {
        List<Translog.Operation> operations = new ArrayList<>();
        for (Translog.Operation next = snapshot.next(); next != null; next = snapshot.next()) {
            operations.add(next);
        }
        operations.sort(Comparator.comparingLong(Translog.Operation::seqNo));
        return operations;
    }

    /** Text of a source for failure messages. */
    private static String text(Translog.Operation operation) {
        if (operation instanceof Translog.Index index) {
            return index.id() + " " + new String(BytesReference.toBytes(index.source()), StandardCharsets.US_ASCII)
                .replaceAll("[^ -~]", "?");
        }
        return operation.toString();
    }

    private static BytesReference bytes(Translog.Operation operation) throws IOException {
        try (BytesStreamOutput out = new BytesStreamOutput()) {
            Translog.Operation.writeOperation(out, operation);
            return out.bytes();
        }
    }
}
