package org.opensearch.interest.api.event;

import org.opensearch.ExceptionsHelper;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.interest.RestCall;
import org.opensearch.interest.TestInterestPlugin;
import org.opensearch.interest.api.tracker.TrackerRequest;
import org.opensearch.interest.api.tracker.TransportPutTrackerAction;
import org.opensearch.interest.cluster.events.TrackEventsRequest;
import org.opensearch.interest.cluster.events.TrackEventsRequest.RawEvent;
import org.opensearch.interest.cluster.events.TrackEventsResponse;
import org.opensearch.interest.cluster.events.TransportTrackEventsAction;
import org.opensearch.interest.core.tracking.ChangeResult;
import org.opensearch.interest.core.tracking.ChangeResult.Outcome;
import org.opensearch.plugins.Plugin;
import org.opensearch.test.OpenSearchSingleNodeTestCase;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.client.node.NodeClient;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tests of the response to events beyond the limit of the queue, and that rejected events have no effect. */
public class OverloadedEventsTests extends OpenSearchSingleNodeTestCase {
    private static final String PATH = "/_plugins/_interest/trackers/shop/events";
    private static final String EVENT = "{\"user\":\"ann\",\"type\":\"click\",\"vector\":[1,0,0]}";
    private static final String POOL = "interest_profiles";
    /** Half of the queue size: two requests fill the queue. */
    private static final int HALF = 2_048;

    @Override
    protected Collection<Class<? extends Plugin>> getPlugins() {
        return List.of(TestInterestPlugin.class);
    }

    @Override
    protected boolean resetNodeAfterTest() {
        return true;
    }

    public void testAFullQueueAnswers429AndWhenToComeAgain() throws Exception {
        client().admin()
            .indices()
            .prepareCreate("products")
            .setMapping("embedding", "type=interest_vector,dimension=3")
            .get();
        Map<String, Object> tracker = Map.of("items", Map.of("index", "products"), "geometry", "off", "history", false);
        client().execute(TransportPutTrackerAction.TYPE, new TrackerRequest("shop", tracker)).actionGet();
        RestCall rest = new RestCall(getInstanceFromNode(NodeClient.class), new RestTrackEventsAction());
        RestCall.Answer calm = rest.post(PATH, EVENT);
        assertEquals(200, calm.status());
        assertFalse(calm.headers().containsKey("Retry-After"));

        CountDownLatch over = new CountDownLatch(1);
        ThreadPool threads = getInstanceFromNode(ThreadPool.class);
        for (int i = 0; i < threads.info(POOL).getMax(); i++) {
            threads.executor(POOL).execute(() -> awaitUninterrupted(over));
        }
        List<PlainActionFuture<TrackEventsResponse>> sent = new ArrayList<>();
        try {
            // the first request leaves the queue at once, but no thread is free to run it; the second and third wait; a
            // further one finds the queue full
            for (int i = 0; i < 6; i++) {
                PlainActionFuture<TrackEventsResponse> answer = new PlainActionFuture<>();
                client().execute(TransportTrackEventsAction.TYPE, request(), answer);
                sent.add(answer);
            }
            assertBusy(() -> assertTrue(sent.stream().anyMatch(PlainActionFuture::isDone)), 60, TimeUnit.SECONDS);

            String reason = "[interest] [4096] events wait to be recorded, and at most [4096] may: nothing was applied, send again later";
            RestCall.Answer alone = rest.post(PATH, EVENT);
            assertEquals(429, alone.status());
            assertEquals(reason, alone.reason());
            assertEquals(List.of("1"), alone.headers().get("Retry-After"));
            RestCall.Answer several = rest
                .post(PATH, "{\"events\":[" + EVENT + ",{\"user\":\"ann\",\"type\":\"hug\",\"vector\":[1,0,0]}]}");
            assertEquals(200, several.status());
            List<?> items = (List<?>) several.json().get("items");
            assertEquals(List.of(429, 400), items.stream().map(item -> ((Map<?, ?>) item).get("status")).toList());
            assertEquals(List.of("1"), several.headers().get("Retry-After"));
        } finally {
            over.countDown();
        }
        int applied = 0;
        for (PlainActionFuture<TrackEventsResponse> answer : sent) {
            List<ChangeResult> results = answer.get(60, TimeUnit.SECONDS).results();
            boolean taken = results.get(0).failure() == null;
            applied += taken ? 1 : 0;
            for (ChangeResult result : results) {
                assertEquals("all of a request or nothing", taken, result.failure() == null);
                assertEquals(taken ? Outcome.APPLIED : null, taken ? result.outcome() : null);
                assertEquals(
                    taken ? RestStatus.OK : RestStatus.TOO_MANY_REQUESTS,
                    taken ? RestStatus.OK : ExceptionsHelper.status(result.failure())
                );
            }
        }
        assertTrue(applied + " of 6 requests", applied >= 3 && applied < 6);
    }

    private static TrackEventsRequest request() {
        Map<String, Object> event = Map.of("user", "ann", "type", "click", "vector", List.of(1, 0, 0));
        return new TrackEventsRequest("shop", Collections.nCopies(HALF, RawEvent.of(event)), RefreshPolicy.NONE);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
