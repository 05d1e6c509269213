package org.opensearch.interest.cluster.profiles;

import com.carrotsearch.randomizedtesting.annotations.ThreadLeakScope;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.TestInterestPlugin;
import org.opensearch.interest.api.tracker.RebuildRequest;
import org.opensearch.interest.api.tracker.TrackerRequest;
import org.opensearch.interest.api.tracker.TransportPutTrackerAction;
import org.opensearch.interest.api.tracker.TransportRebuildAction;
import org.opensearch.interest.cluster.events.TrackEventsRequest;
import org.opensearch.interest.cluster.events.TrackEventsRequest.RawEvent;
import org.opensearch.interest.cluster.events.TransportTrackEventsAction;
import org.opensearch.interest.cluster.store.ProfileStore;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.tracking.ChangeResult;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.UserId;
import org.opensearch.interest.core.vector.Vectors;
import org.opensearch.plugins.Plugin;
import org.opensearch.test.OpenSearchIntegTestCase;
import org.opensearch.transport.client.Client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Tests concurrent events of one user through several nodes: none is lost, and their order does not matter. */
@ThreadLeakScope(ThreadLeakScope.Scope.NONE)
@OpenSearchIntegTestCase.ClusterScope(scope = OpenSearchIntegTestCase.Scope.TEST, numDataNodes = 2)
public class ConcurrentTrackingTests extends OpenSearchIntegTestCase {
    private static final int THREADS = 8;
    private static final int EVENTS = 500;
    private static final int DIMENSION = 16;

    @Override
    protected Collection<Class<? extends Plugin>> nodePlugins() {
        return List.of(TestInterestPlugin.class);
    }

    public void testEightWritersOfOneUserOnTwoNodes() throws Exception {
        prepareCreate("products").setMapping("embedding", "type=interest_vector,dimension=" + DIMENSION).get();
        Map<String, Object> tracker = Map.of("items", Map.of("index", "products"), "geometry", "off");
        client().execute(TransportPutTrackerAction.TYPE, new TrackerRequest("shop", tracker)).actionGet();

        List<Map<String, Object>> events = new ArrayList<>();
        long now = System.currentTimeMillis();
        for (int i = 0; i < THREADS * EVENTS; i++) {
            List<Float> vector = new ArrayList<>();
            for (int d = 0; d < DIMENSION; d++) {
                vector.add((float) random().nextGaussian());
            }
            long timestamp = now - (long) (random().nextDouble() * 100 * 86_400_000L);
            events.add(
                Map.of(
                    "type", "click", "vector", vector, "timestamp", timestamp, "id", "e" + i, "weight",
                    0.1 + random().nextDouble()
                )
            );
        }
        for (List<Map<String, Object>> batch : batches(events)) {
            send(client(), "sequential", batch);
        }

        String[] nodes = internalCluster().getNodeNames();
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            List<Map<String, Object>> part = new ArrayList<>(events.subList(t * EVENTS, (t + 1) * EVENTS));
            Collections.shuffle(part, random());
            List<List<Map<String, Object>>> batches = batches(part);
            int thread = t;
            writers.add(CompletableFuture.runAsync(() -> {
                for (int b = 0; b < batches.size(); b++) {
                    send(client(nodes[(thread + b) % nodes.length]), "concurrent", batches.get(b));
                }
            }, command -> new Thread(command, "writer-" + thread).start()));
        }
        CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)).get(5, TimeUnit.MINUTES);

        Profile sequential = profile("sequential");
        Profile concurrent = profile("concurrent");
        assertEquals(THREADS * EVENTS, sequential.events());
        assertEquals(THREADS * EVENTS, concurrent.events());
        assertEquals(sequential.lastEvent(), concurrent.lastEvent());
        assertTrue(Vectors.cosine(sequential.shortTerm().sum(), concurrent.shortTerm().sum()) > 0.999999);
        assertTrue(Vectors.cosine(sequential.longTerm().sum(), concurrent.longTerm().sum()) > 0.999999);
        assertEquals(1, sequential.longTerm().mass(now) / concurrent.longTerm().mass(now), 1e-9);
    }

    public void testEventsThatArriveDuringRebuildsAreInTheResultOnce() throws Exception {
        prepareCreate("products").setMapping("embedding", "type=interest_vector,dimension=" + DIMENSION).get();
        Map<String, Object> tracker = Map.of("items", Map.of("index", "products"), "geometry", "off");
        client().execute(TransportPutTrackerAction.TYPE, new TrackerRequest("shop", tracker)).actionGet();
        long now = System.currentTimeMillis();
        List<Map<String, Object>> events = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            List<Float> vector = new ArrayList<>();
            for (int d = 0; d < DIMENSION; d++) {
                vector.add((float) random().nextGaussian());
            }
            Map<String, Object> event = new java.util.HashMap<>(
                Map.of("type", "click", "vector", vector, "timestamp", now - i * 60_000L)
            );
            if (i % 2 == 0) {
                event.put("id", "e" + i);
            }
            events.add(event);
        }
        List<String> users = List.of("ann", "bob", "cec");
        String[] nodes = internalCluster().getNodeNames();
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int t = 0; t < users.size(); t++) {
            List<List<Map<String, Object>>> batches = batches(events);
            int thread = t;
            writers.add(CompletableFuture.runAsync(() -> {
                for (int b = 0; b < batches.size(); b++) {
                    send(client(nodes[(thread + b) % nodes.length]), users.get(thread), batches.get(b));
                }
            }, command -> new Thread(command, "writer-" + thread).start()));
        }
        CompletableFuture<Void> written = CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new));
        long rebuilt = 0;
        while (written.isDone() == false) {
            ProfileRebuild.Result result = client()
                .execute(TransportRebuildAction.TYPE, new RebuildRequest("shop", false))
                .actionGet()
                .result();
            assertEquals(0, result.failed());
            rebuilt += result.users();
        }
        written.get(1, TimeUnit.MINUTES);
        assertTrue("rebuilt while events arrived", rebuilt > 0);
        for (String user : users) {
            assertEquals(events.size(), profile(user).events());
            assertEquals(1, profile("ann").longTerm().mass(now) / profile(user).longTerm().mass(now), 1e-9);
        }
        ProfileRebuild.Result last = client().execute(TransportRebuildAction.TYPE, new RebuildRequest("shop", false))
            .actionGet()
            .result();
        assertEquals(new ProfileRebuild.Result(3, 3L * events.size(), 0, 0, 0), last);
        assertTrue(Vectors.cosine(profile("ann").shortTerm().sum(), profile("bob").shortTerm().sum()) > 0.999999);
    }

    private static List<List<Map<String, Object>>> batches(List<Map<String, Object>> events) {
        List<List<Map<String, Object>>> batches = new ArrayList<>();
        for (int from = 0; from < events.size();) {
            int to = Math.min(events.size(), from + randomIntBetween(1, 20));
            batches.add(events.subList(from, to));
            from = to;
        }
        return batches;
    }

    private static void send(Client client, String user, List<Map<String, Object>> events) {
        List<RawEvent> raw = new ArrayList<>();
        for (Map<String, Object> event : events) {
            Map<String, Object> ofUser = new java.util.HashMap<>(event);
            ofUser.put("user", user);
            raw.add(RawEvent.of(ofUser));
        }
        TrackEventsRequest request = new TrackEventsRequest("shop", raw, RefreshPolicy.NONE);
        for (ChangeResult result : client.execute(TransportTrackEventsAction.TYPE, request).actionGet().results()) {
            assertNull(result.failure());
            assertEquals(ChangeResult.Outcome.APPLIED, result.outcome());
        }
    }

    private Profile profile(String user) throws Exception {
        TrackerStore trackers = internalCluster().getInstance(TrackerStore.class);
        ProfileStore profiles = internalCluster().getInstance(ProfileStore.class);
        CompletableFuture<Tracker> tracker = new CompletableFuture<>();
        trackers.get("shop", ActionListener.wrap(tracker::complete, tracker::completeExceptionally));
        CompletableFuture<Optional<Profile>> profile = new CompletableFuture<>();
        profiles.get(
            tracker.get(60, TimeUnit.SECONDS), new UserId(user),
            ActionListener.wrap(profile::complete, profile::completeExceptionally)
        );
        return profile.get(60, TimeUnit.SECONDS).orElseThrow();
    }
}
