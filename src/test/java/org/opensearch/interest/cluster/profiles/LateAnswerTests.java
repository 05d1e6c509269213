package org.opensearch.interest.cluster.profiles;

import org.opensearch.ExceptionsHelper;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.interest.TestInterestPlugin;
import org.opensearch.interest.api.tracker.TrackerRequest;
import org.opensearch.interest.api.tracker.TransportPutTrackerAction;
import org.opensearch.interest.cluster.store.InterestIndex;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.interest.core.profile.ProfileChange;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.UserId;
import org.opensearch.plugins.Plugin;
import org.opensearch.test.OpenSearchSingleNodeTestCase;
import org.opensearch.test.transport.MockTransportService;
import org.opensearch.transport.TransportService;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Tests a profile's node that receives a change and never answers. */
public class LateAnswerTests extends OpenSearchSingleNodeTestCase {
    @Override
    protected Collection<Class<? extends Plugin>> getPlugins() {
        return List.of(TestInterestPlugin.class, MockTransportService.TestPlugin.class);
    }

    @Override
    protected boolean resetNodeAfterTest() {
        return true;
    }

    public void testWhoeverWaitedIsToldThatNothingIsKnown() {
        Map<String, Object> shop = Map.of("items", Map.of("index", "products"));
        client().execute(TransportPutTrackerAction.TYPE, new TrackerRequest("shop", shop)).actionGet();
        Tracker tracker = PlainActionFuture.get(future -> getInstanceFromNode(TrackerStore.class).get("shop", future));
        MockTransportService transport = (MockTransportService) getInstanceFromNode(TransportService.class);
        transport.addRequestHandlingBehavior(TransportRecordAction.NAME, (handler, request, channel, task) -> {});
        ProfileRecorder recorder = new ProfileRecorder(
            transport, getInstanceFromNode(ClusterService.class), getInstanceFromNode(InterestIndex.class),
            TimeValue.timeValueMillis(20)
        );
        PlainActionFuture<Void> answer = new PlainActionFuture<>();
        recorder.change(tracker, new UserId("ann"), List.of(new ProfileChange.OptOut(true)), answer);
        Exception e = expectThrows(Exception.class, () -> answer.actionGet(TimeValue.timeValueSeconds(30)));
        assertEquals(RestStatus.SERVICE_UNAVAILABLE, ExceptionsHelper.status(e));
        assertEquals(
            "[interest] the node that writes this user's profile did not answer within [20ms]: whether the change was made is not known; "
                + "events with an [id] may be sent again, and count once",
            e.getMessage()
        );
    }
}
