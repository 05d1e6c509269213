package org.opensearch.interest.cluster.calibration;

import com.carrotsearch.randomizedtesting.annotations.ThreadLeakScope;
import org.opensearch.action.bulk.BulkRequest;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.TestInterestPlugin;
import org.opensearch.interest.api.tracker.CalibrateRequest;
import org.opensearch.interest.api.tracker.TrackerRequest;
import org.opensearch.interest.api.tracker.TransportCalibrateAction;
import org.opensearch.interest.api.tracker.TransportPutTrackerAction;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.plugins.Plugin;
import org.opensearch.test.OpenSearchIntegTestCase;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Tests that a fit through one node is soon in use on the other, which until then uses the previous geometry. */
@ThreadLeakScope(ThreadLeakScope.Scope.NONE)
@OpenSearchIntegTestCase.ClusterScope(scope = OpenSearchIntegTestCase.Scope.TEST, numDataNodes = 2)
public class GeometryFitterClusterTests extends OpenSearchIntegTestCase {
    @Override
    protected Collection<Class<? extends Plugin>> nodePlugins() {
        return List.of(TestInterestPlugin.class);
    }

    private static Tracker tracker(String node) throws Exception {
        CompletableFuture<Tracker> tracker = new CompletableFuture<>();
        internalCluster().getInstance(TrackerStore.class, node)
            .get("shop", ActionListener.wrap(tracker::complete, tracker::completeExceptionally));
        return tracker.get(60, TimeUnit.SECONDS);
    }

    private static float[] itemMean(String node) throws Exception {
        return internalCluster().getInstance(GeometryCache.class, node).of(tracker(node), 2).itemMean();
    }

    private void index(float... vector) {
        BulkRequest bulk = new BulkRequest().setRefreshPolicy(RefreshPolicy.IMMEDIATE);
        for (int i = 0; i < 10; i++) {
            bulk.add(new IndexRequest("products").source(Map.of("embedding", List.of(vector[0], vector[1]))));
        }
        assertFalse(client().bulk(bulk).actionGet().hasFailures());
    }

    public void testAllNodesTurnToTheNewVersion() throws Exception {
        prepareCreate("products").setMapping("embedding", "type=interest_vector,dimension=2").get();
        client()
            .execute(
                TransportPutTrackerAction.TYPE, new TrackerRequest("shop", Map.of("items", Map.of("index", "products")))
            )
            .actionGet();
        String[] nodes = internalCluster().getNodeNames();
        for (String node : nodes) {
            assertArrayEquals("nothing is known of vectors of 2 dimensions", new float[]{ 0, 0 }, itemMean(node), 0);
        }
        index(1, 0);
        CalibrateRequest calibrate = new CalibrateRequest("shop", false);
        internalCluster().client(nodes[0]).execute(TransportCalibrateAction.TYPE, calibrate).actionGet();
        for (String node : nodes) {
            assertBusy(() -> assertArrayEquals(new float[]{ 1, 0 }, itemMean(node), 1e-6f), 60, TimeUnit.SECONDS);
        }
        index(0, 1);
        internalCluster().client(nodes[1]).execute(TransportCalibrateAction.TYPE, calibrate).actionGet();
        for (String node : nodes) {
            float[] next = itemMean(node);
            assertTrue("the one before, or the new one", next[0] == 1 || next[0] == 0.5f);
            assertBusy(() -> assertArrayEquals(new float[]{ 0.5f, 0.5f }, itemMean(node), 1e-6f), 60, TimeUnit.SECONDS);
        }
    }
}
