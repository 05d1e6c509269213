package org.opensearch.interest.cluster.profiles;

import com.carrotsearch.randomizedtesting.annotations.ThreadLeakScope;
import org.opensearch.ExceptionsHelper;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.action.ActionFuture;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.transport.TransportResponse;
import org.opensearch.interest.TestInterestPlugin;
import org.opensearch.interest.api.tracker.TrackerRequest;
import org.opensearch.interest.api.tracker.TransportPutTrackerAction;
import org.opensearch.interest.cluster.events.TrackEventsRequest;
import org.opensearch.interest.cluster.events.TrackEventsRequest.RawEvent;
import org.opensearch.interest.cluster.events.TrackEventsResponse;
import org.opensearch.interest.cluster.events.TransportTrackEventsAction;
import org.opensearch.interest.cluster.store.InterestIndex;
import org.opensearch.interest.cluster.store.PrimaryLocator;
import org.opensearch.interest.cluster.store.ProfileId;
import org.opensearch.interest.cluster.store.ProfileStore;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.tracking.ChangeResult;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.UserId;
import org.opensearch.plugins.Plugin;
import org.opensearch.test.InternalTestCluster;
import org.opensearch.test.OpenSearchIntegTestCase;
import org.opensearch.test.transport.MockTransportService;
import org.opensearch.transport.TestTransportChannel;
import org.opensearch.transport.TransportService;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Tests a profile's node that applies a change and leaves before it answers. */
@ThreadLeakScope(ThreadLeakScope.Scope.NONE)
@OpenSearchIntegTestCase.ClusterScope(scope = OpenSearchIntegTestCase.Scope.TEST, numDataNodes = 0)
public class LostAnswerTests extends OpenSearchIntegTestCase {
    private static final String PROFILES = ".plugins-interest-profiles-shop";

    @Override
    protected Collection<Class<? extends Plugin>> nodePlugins() {
        return List.of(TestInterestPlugin.class, MockTransportService.TestPlugin.class);
    }

    private static RawEvent event(Map<String, Object> more) {
        Map<String, Object> event = new HashMap<>(Map.of("user", "ann", "type", "click", "vector", List.of(1, 2, 3)));
        event.putAll(more);
        return RawEvent.of(event);
    }

    private static ActionFuture<TrackEventsResponse> send(String node, RawEvent... events) {
        TrackEventsRequest request = new TrackEventsRequest("shop", List.of(events), RefreshPolicy.NONE);
        return internalCluster().client(node).execute(TransportTrackEventsAction.TYPE, request);
    }

    /** Returns the node with the primary shard of ann's profile; the index may have several primaries. */
    private String home(String node) {
        Tracker shop = tracker(node);
        PrimaryLocator home = new PrimaryLocator(internalCluster().getInstance(ClusterService.class, node));
        return home.of(clusterService().state(), PROFILES, ProfileId.of(shop, new UserId("ann"))).getName();
    }

    private static Tracker tracker(String node) {
        return PlainActionFuture
            .get(future -> internalCluster().getInstance(TrackerStore.class, node).get("shop", future));
    }

    public void testOnlyWhatHasAnIdIsWrittenAgain() throws Exception {
        internalCluster().startClusterManagerOnlyNode();
        List<String> nodes = internalCluster().startDataOnlyNodes(2);
        client().admin()
            .indices()
            .prepareCreate("products")
            .setMapping("embedding", "type=interest_vector,dimension=3")
            .get();
        Map<String, Object> shop = Map.of("items", Map.of("index", "products"), "geometry", "off");
        client().execute(TransportPutTrackerAction.TYPE, new TrackerRequest("shop", shop)).actionGet();
        send(nodes.get(0), event(Map.of("id", "first"))).actionGet();
        ensureGreen(PROFILES, InterestIndex.TRACKERS);
        String home = home(nodes.get(0));
        String sender = nodes.get(nodes.get(0).equals(home) ? 1 : 0);

        CompletableFuture<TransportResponse> applied = new CompletableFuture<>();
        MockTransportService transport = (MockTransportService) internalCluster()
            .getInstance(TransportService.class, home);
        transport.addRequestHandlingBehavior(TransportRecordAction.NAME, (handler, request, channel, task) -> {
            ActionListener<TransportResponse> silent = ActionListener
                .wrap(applied::complete, applied::completeExceptionally);
            handler.messageReceived(request, new TestTransportChannel(silent), task);
        });
        ActionFuture<TrackEventsResponse> answer = send(sender, event(Map.of("id", "second")), event(Map.of()));
        assertNotNull(applied.get(1, TimeUnit.MINUTES));
        internalCluster().stopRandomNode(InternalTestCluster.nameFilter(home));
        List<ChangeResult> results = answer.actionGet(TimeValue.timeValueMinutes(1)).results();

        assertEquals(
            String.valueOf(results.get(0).failure()), ChangeResult.Outcome.DUPLICATE, results.get(0).outcome()
        );
        Exception lost = results.get(1).failure();
        assertEquals(RestStatus.SERVICE_UNAVAILABLE, ExceptionsHelper.status(lost));
        assertEquals(
            "[interest] the node that writes this user's profile went away before it answered: whether the change was made is not known; "
                + "events with an [id] may be sent again, and count once",
            lost.getMessage()
        );
        PlainActionFuture<Optional<Profile>> profile = new PlainActionFuture<>();
        internalCluster().getInstance(ProfileStore.class, sender).get(tracker(sender), new UserId("ann"), profile);
        assertEquals(3, profile.actionGet().orElseThrow().events());
    }
}
