package org.opensearch.interest.cluster.store;

import org.opensearch.ExceptionsHelper;
import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionType;
import org.opensearch.action.index.IndexAction;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.settings.Settings;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.interest.TestInterestPlugin;
import org.opensearch.interest.api.tracker.TrackerRequest;
import org.opensearch.interest.api.tracker.TransportPutTrackerAction;
import org.opensearch.interest.cluster.items.ItemMapping;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.plugins.Plugin;
import org.opensearch.test.OpenSearchSingleNodeTestCase;
import org.opensearch.transport.client.Client;
import org.opensearch.transport.client.FilterClient;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tests concurrent updates of one tracker. */
public class TrackerUpdateTests extends OpenSearchSingleNodeTestCase {
    private static final Map<String, Object> SHOP = Map.of("items", Map.of("index", "products"));

    @Override
    protected Collection<Class<? extends Plugin>> getPlugins() {
        return List.of(TestInterestPlugin.class);
    }

    @Override
    protected boolean resetNodeAfterTest() {
        return true;
    }

    @Override
    public void setUp() throws Exception {
        super.setUp();
        client().execute(TransportPutTrackerAction.TYPE, new TrackerRequest("shop", SHOP)).actionGet();
    }

    /** Makes another update change the tracker between the read and the write of each of the first attempts. */
    private final class Overtaken extends FilterClient {
        private final int times;
        private int writes;

        Overtaken(Client in, int times) {
            super(in);
            this.times = times;
        }

        @Override
        protected <Q extends ActionRequest, R extends ActionResponse> void doExecute(
            ActionType<R> action, Q request, ActionListener<R> listener
        ) {
            if (action != IndexAction.INSTANCE || ++writes > times) {
                super.doExecute(action, request, listener);
                return;
            }
            trackers().update("shop", TrackerUpdateTests::fitOnce, ActionListener.wrap(other -> {
                super.doExecute(action, request, listener);
            }, listener::onFailure));
        }
    }

    private TrackerStore trackers() {
        return getInstanceFromNode(TrackerStore.class);
    }

    private TrackerStore overtaken(int times) {
        SystemClient client = new SystemClient(new Overtaken(client(), times));
        InterestIndex indices = getInstanceFromNode(InterestIndex.class);
        ItemMapping mapping = new ItemMapping(getInstanceFromNode(ClusterService.class));
        return new TrackerStore(
            client, indices, new GeometryStore(client, indices), mapping, new PrivacySecret(Settings.EMPTY)
        );
    }

    private static Tracker fitOnce(Optional<Tracker> now) {
        return now.orElseThrow().withFit(now.orElseThrow().fit().next(10, null));
    }

    private Tracker stored() {
        return PlainActionFuture.get(future -> trackers().get("shop", future));
    }

    public void testOfTwoUpdatesAtOnceNoneIsLost() {
        Tracker tracker = PlainActionFuture
            .get(future -> overtaken(1).update("shop", TrackerUpdateTests::fitOnce, future));
        assertEquals(2, tracker.fit().version());
        assertEquals(tracker, stored());
    }

    public void testWhatAnotherWroteMeanwhileStaysWhenTheConfigurationIsReplaced() {
        Tracker tracker = PlainActionFuture.get(future -> overtaken(1).put("shop", SHOP, future));
        assertEquals(1, tracker.fit().version());
        assertEquals(tracker, stored());
    }

    public void testAnUpdateThatIsOvertakenToTheLastAttemptIsWritten() {
        int times = TrackerStore.ATTEMPTS - 1;
        PlainActionFuture.<Tracker, RuntimeException>get(
            future -> overtaken(times).update("shop", TrackerUpdateTests::fitOnce, future)
        );
        assertEquals(times + 1, stored().fit().version());
    }

    public void testAnUpdateThatIsOvertakenAgainAndAgainIsToldToBackOff() {
        PlainActionFuture<Tracker> answer = new PlainActionFuture<>();
        overtaken(Integer.MAX_VALUE).update("shop", TrackerUpdateTests::fitOnce, answer);
        Exception e = expectThrows(Exception.class, answer::actionGet);
        assertEquals(RestStatus.TOO_MANY_REQUESTS, ExceptionsHelper.status(e));
        assertEquals(
            "[interest] tracker [shop] was changed by others [" + TrackerStore.ATTEMPTS
                + "] times while this change was written: nothing was " + "written, try again later",
            e.getMessage()
        );
        assertEquals("the others' changes, and no more", TrackerStore.ATTEMPTS, stored().fit().version());
    }
}
