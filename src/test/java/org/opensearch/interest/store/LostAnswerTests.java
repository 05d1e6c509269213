package org.opensearch.interest.store;

import com.carrotsearch.randomizedtesting.annotations.ThreadLeakScope;

import org.opensearch.ExceptionsHelper;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.common.settings.Settings;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.interest.TestInterestPlugin;
import org.opensearch.interest.event.RawEvent;
import org.opensearch.interest.event.TrackEventsAction;
import org.opensearch.interest.event.TrackEventsRequest;
import org.opensearch.interest.profile.Profile;
import org.opensearch.interest.tracker.PutTrackerAction;
import org.opensearch.interest.tracker.TrackerRequest;
import org.opensearch.interest.tracking.Tracker;
import org.opensearch.interest.tracking.UserId;
import org.opensearch.plugins.Plugin;
import org.opensearch.test.OpenSearchIntegTestCase;
import org.opensearch.test.transport.MockTransportService;
import org.opensearch.transport.TestTransportChannel;
import org.opensearch.transport.TransportService;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A profile's node that does what it is asked, and is gone before it can say so. */
@ThreadLeakScope(ThreadLeakScope.Scope.NONE)
@OpenSearchIntegTestCase.ClusterScope(scope = OpenSearchIntegTestCase.Scope.TEST, numDataNodes = 0)
public class LostAnswerTests extends OpenSearchIntegTestCase {
    @Override
    protected Collection<Class<? extends Plugin>> nodePlugins() {
        return List.of(TestInterestPlugin.class, MockTransportService.TestPlugin.class);
    }

    @Override
    protected Settings nodeSettings(int ordinal) {
        return Settings.builder().put(super.nodeSettings(ordinal)).put("cluster.nodes.reconnect_interval", "100ms").build();
    }

    private static RawEvent event(Map<String, Object> more) {
        Map<String, Object> event = new HashMap<>(Map.of("user", "ann", "type", "click", "vector", List.of(1, 2, 3)));
        event.putAll(more);
        return RawEvent.of(event);
    }

    private static List<RecordResult> send(String node, RawEvent... events) {
        TrackEventsRequest request = new TrackEventsRequest("shop", List.of(events), RefreshPolicy.NONE);
        return internalCluster().client(node).execute(TrackEventsAction.INSTANCE, request).actionGet().results();
    }

    public void testOnlyWhatHasAnIdIsWrittenAgain() {
        internalCluster().startClusterManagerOnlyNode();
        String holder = internalCluster().startDataOnlyNode();
        String sender = internalCluster().startCoordinatingOnlyNode(Settings.EMPTY);
        client().admin().indices().prepareCreate("products").setMapping("embedding", "type=interest_vector,dimension=3").get();
        Map<String, Object> shop = Map.of("items", Map.of("index", "products"), "geometry", "off");
        client().execute(PutTrackerAction.INSTANCE, new TrackerRequest("shop", shop)).actionGet();
        send(sender, event(Map.of("id", "first")));
        ensureYellow();

        MockTransportService home = (MockTransportService) internalCluster().getInstance(TransportService.class, holder);
        TransportService away = internalCluster().getInstance(TransportService.class, sender);
        AtomicBoolean gone = new AtomicBoolean();
        home.addRequestHandlingBehavior(RecordAction.NAME, (handler, request, channel, task) -> {
            if (gone.compareAndSet(false, true)) {
                handler.messageReceived(
                    request,
                    new TestTransportChannel(ActionListener.wrap(
                        done -> away.getConnection(home.getLocalNode()).close(),
                        e -> { throw new AssertionError(e); }
                    )),
                    task
                );
            } else {
                handler.messageReceived(request, channel, task);
            }
        });
        List<RecordResult> results = send(sender, event(Map.of("id", "second")), event(Map.of()));

        assertTrue(gone.get());
        assertEquals(RecordResult.Outcome.DUPLICATE, results.get(0).outcome());
        Exception lost = results.get(1).failure();
        assertEquals(RestStatus.SERVICE_UNAVAILABLE, ExceptionsHelper.status(lost));
        assertEquals(
            "[interest] the node that writes this user's profile went away before it answered: whether the change was made is not known; "
                + "events with an [id] may be sent again, and count once",
            ExceptionsHelper.unwrapCause(lost).getMessage()
        );
        Tracker tracker = PlainActionFuture.get(future -> internalCluster().getInstance(TrackerStore.class, holder).get("shop", future));
        ProfileStore store = internalCluster().getInstance(ProfileStore.class, holder);
        PlainActionFuture<Optional<Profile>> profile = new PlainActionFuture<>();
        store.get(tracker, new UserId("ann"), profile);
        assertEquals(3, profile.actionGet().orElseThrow().events());
    }
}
