package org.opensearch.interest.cluster.events;

import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionType;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.concurrency.OpenSearchRejectedExecutionException;
import org.opensearch.interest.core.tracking.ChangeResult;
import org.opensearch.interest.core.tracking.ChangeResult.Outcome;
import org.opensearch.test.OpenSearchTestCase;
import org.opensearch.test.client.NoOpClient;
import org.opensearch.transport.RemoteTransportException;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

public class EventSenderTests extends OpenSearchTestCase {
    @SuppressWarnings("StaticAssignmentOfThrowable") // passed on and never thrown
    private static final Exception OVERLOAD = new RemoteTransportException(
        "n", new OpenSearchRejectedExecutionException("too many wait")
    );
    @SuppressWarnings("StaticAssignmentOfThrowable") // passed on and never thrown
    private static final Exception WRONG = new IllegalArgumentException("wrong");

    /** The users of each request's events, in the order sent. */
    private final List<List<Object>> requests = new CopyOnWriteArrayList<>();

    /** Returns the failure for a request's number and a user; null for the result "applied". */
    private List<ChangeResult> track(Function<Integer, Function<Object, Exception>> failure, String... users)
        throws Exception {
        try (NoOpClient client = new NoOpClient(getTestName()) {
            @Override
            @SuppressWarnings("unchecked")
            protected <Q extends ActionRequest, R extends ActionResponse> void doExecute(
                ActionType<R> action, Q request, ActionListener<R> listener
            ) {
                List<Object> sent = ((TrackEventsRequest) request).events()
                    .stream()
                    .map(event -> event.json().get("user"))
                    .toList();
                requests.add(sent);
                Function<Object, Exception> ofRequest = failure.apply(requests.size());
                listener.onResponse((R) new TrackEventsResponse(1, sent.stream().map(user -> {
                    Exception e = ofRequest.apply(user);
                    return e == null ? ChangeResult.of(Outcome.APPLIED) : ChangeResult.failed(e);
                }).toList()));
            }
        }) {
            List<Map<String, Object>> events = List.of(users)
                .stream()
                .map(user -> Map.<String, Object>of("user", user))
                .toList();
            PlainActionFuture<List<ChangeResult>> answer = new PlainActionFuture<>();
            new EventSender(client).track("shop", events, true, answer);
            return answer.get(30, TimeUnit.SECONDS);
        }
    }

    public void testWhatFindsNoRoomIsSentAgainAlone() throws Exception {
        List<ChangeResult> results = track(
            request -> user -> request < 3 && user.equals("b") ? OVERLOAD : user.equals("c") ? WRONG : null, "a", "b",
            "c"
        );
        assertEquals(List.of(List.of("a", "b", "c"), List.of("b"), List.of("b")), requests);
        assertEquals(Outcome.APPLIED, results.get(0).outcome());
        assertEquals(Outcome.APPLIED, results.get(1).outcome());
        assertSame(WRONG, results.get(2).failure());
    }

    public void testAnAnswerThatIsNoOverloadIsFinal() throws Exception {
        assertSame(WRONG, track(request -> user -> WRONG, "a").get(0).failure());
        assertEquals(1, requests.size());
    }
}
