package org.opensearch.interest.cluster.store;

import com.carrotsearch.randomizedtesting.annotations.ThreadLeakScope;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.common.action.ActionFuture;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.index.shard.ShardId;
import org.opensearch.index.IndexModule;
import org.opensearch.index.engine.Engine;
import org.opensearch.index.shard.IndexingOperationListener;
import org.opensearch.indices.recovery.RecoveryTranslogOperationsRequest;
import org.opensearch.interest.TestInterestPlugin;
import org.opensearch.interest.api.tracker.TrackerRequest;
import org.opensearch.interest.api.tracker.TransportPutTrackerAction;
import org.opensearch.interest.cluster.events.TrackEventsRequest;
import org.opensearch.interest.cluster.events.TrackEventsRequest.RawEvent;
import org.opensearch.interest.cluster.events.TrackEventsResponse;
import org.opensearch.interest.cluster.events.TransportTrackEventsAction;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.tracking.ChangeResult;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.UserId;
import org.opensearch.plugins.Plugin;
import org.opensearch.plugins.PluginsService;
import org.opensearch.test.InternalTestCluster;
import org.opensearch.test.OpenSearchIntegTestCase;
import org.opensearch.test.transport.MockTransportService;
import org.opensearch.transport.TransportService;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tests a replica of profiles that recovers during writes: a concurrent write reaches it twice, from segments and as
 * sent.
 */
@ThreadLeakScope(ThreadLeakScope.Scope.NONE)
@OpenSearchIntegTestCase.ClusterScope(scope = OpenSearchIntegTestCase.Scope.TEST, numDataNodes = 0)
public class RecoveryWhileWritingTests extends OpenSearchIntegTestCase {
    private static final String PROFILES = ".plugins-interest-profiles-shop";
    private static final TimeValue PATIENCE = TimeValue.timeValueMinutes(1);

    /**
     * Delays writes between the primary shard and its replicas, and records how changes arrived.
     */
    public static final class HeldWrites extends Plugin {
        final CountDownLatch arrived = new CountDownLatch(1);
        final CountDownLatch released = new CountDownLatch(1);
        final Map<Long, Set<Engine.Operation.Origin>> origins = new ConcurrentHashMap<>();
        volatile boolean holding;

        @Override
        public void onIndexModule(IndexModule module) {
            if (module.getIndex().getName().equals(PROFILES)) {
                module.addIndexOperationListener(new IndexingOperationListener() {
                    @Override
                    public Engine.Index preIndex(ShardId shard, Engine.Index write) {
                        if (write.origin() != Engine.Operation.Origin.PRIMARY) {
                            origins.computeIfAbsent(write.seqNo(), seqNo -> ConcurrentHashMap.newKeySet())
                                .add(write.origin());
                        }
                        return write;
                    }

                    @Override
                    public void postIndex(ShardId shard, Engine.Index write, Engine.IndexResult result) {
                        if (holding && write.origin() == Engine.Operation.Origin.PRIMARY) {
                            arrived.countDown();
                            await(released);
                        }
                    }
                });
            }
        }
    }

    @Override
    protected Collection<Class<? extends Plugin>> nodePlugins() {
        return List.of(TestInterestPlugin.class, MockTransportService.TestPlugin.class, HeldWrites.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(PATIENCE.millis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static HeldWrites heldWrites(String node) {
        return internalCluster().getInstance(PluginsService.class, node).filterPlugins(HeldWrites.class).get(0);
    }

    private static ActionFuture<TrackEventsResponse> click(String node) {
        RawEvent event = RawEvent.of(Map.of("user", "ann", "type", "click", "vector", List.of(1, 2, 3)));
        TrackEventsRequest request = new TrackEventsRequest("shop", List.of(event), RefreshPolicy.NONE);
        return internalCluster().client(node).execute(TransportTrackEventsAction.TYPE, request);
    }

    private static void assertApplied(ActionFuture<TrackEventsResponse> answer) {
        ChangeResult result = answer.actionGet(PATIENCE).results().get(0);
        assertEquals(String.valueOf(result.failure()), ChangeResult.Outcome.APPLIED, result.outcome());
    }

    private static Profile ann(String node) {
        Tracker shop = PlainActionFuture
            .get(future -> internalCluster().getInstance(TrackerStore.class, node).get("shop", future));
        PlainActionFuture<Optional<Profile>> profile = new PlainActionFuture<>();
        internalCluster().getInstance(ProfileStore.class, node).get(shop, new UserId("ann"), profile);
        return profile.actionGet(PATIENCE).orElseThrow();
    }

    public void testAWriteThatArrivesBothWays() throws Exception {
        internalCluster().startClusterManagerOnlyNode();
        String first = internalCluster().startDataOnlyNode();
        client().admin()
            .indices()
            .prepareCreate("products")
            .setMapping("embedding", "type=interest_vector,dimension=3")
            .get();
        Map<String, Object> shop = Map.of("items", Map.of("index", "products"), "geometry", "off");
        client().execute(TransportPutTrackerAction.TYPE, new TrackerRequest("shop", shop)).actionGet();
        assertApplied(click(first));

        HeldWrites held = heldWrites(first);
        held.holding = true;
        ActionFuture<TrackEventsResponse> answer = click(first);
        await(held.arrived);
        // the changes to be sent were read from segments and include the delayed write, which from now on also reaches
        // the replica by itself
        MockTransportService transport = (MockTransportService) internalCluster()
            .getInstance(TransportService.class, first);
        transport.addSendBehavior((connection, id, action, request, options) -> {
            if (request instanceof RecoveryTranslogOperationsRequest recovered
                && recovered.shardId().getIndexName().equals(PROFILES)) {
                held.released.countDown();
                assertApplied(answer);
            }
            connection.sendRequest(id, action, request, options);
        });
        String second = internalCluster().startDataOnlyNode();
        ensureGreen(PROFILES, InterestIndex.TRACKERS);
        assertApplied(answer);
        Set<Engine.Operation.Origin> both = EnumSet
            .of(Engine.Operation.Origin.PEER_RECOVERY, Engine.Operation.Origin.REPLICA);
        assertTrue(heldWrites(second).origins.toString(), heldWrites(second).origins.containsValue(both));

        Profile before = ann(first);
        assertEquals(2, before.events());
        internalCluster().stopRandomNode(InternalTestCluster.nameFilter(first));
        ensureYellow(PROFILES, InterestIndex.TRACKERS);
        assertEquals(before, ann(second));
    }
}
