package org.opensearch.interest.api.rest;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.opensearch.OpenSearchStatusException;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.action.RestToXContentListener;
import org.opensearch.test.MockLogAppender;
import org.opensearch.test.OpenSearchTestCase;
import org.opensearch.test.rest.FakeRestChannel;
import org.opensearch.test.rest.FakeRestRequest;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

public class UnloggedErrorResponseTests extends OpenSearchTestCase {
    @SuppressWarnings("StaticAssignmentOfThrowable") // passed on and never thrown
    private static final Exception NOT_NOW = new OpenSearchStatusException(
        "[interest] not now", RestStatus.SERVICE_UNAVAILABLE
    );

    private FakeRestChannel channel() {
        RestRequest request = new FakeRestRequest.Builder(xContentRegistry()).withPath("/trackers/shop/users/somebody")
            .withParams(Map.of("user", "somebody"))
            .build();
        return new FakeRestChannel(request, true, 1);
    }

    /** Returns the number of log lines that name the user while the request fails. */
    private static int linesOf(Runnable failing) throws Exception {
        AtomicInteger lines = new AtomicInteger();
        try (MockLogAppender log = MockLogAppender.createForLoggers(LogManager.getLogger("rest.suppressed"))) {
            log.addExpectation(new MockLogAppender.LoggingExpectation() {
                @Override
                public void match(LogEvent event) {
                    if (event.getMessage().getFormattedMessage().contains("somebody")) {
                        lines.incrementAndGet();
                    }
                }

                @Override
                public void assertMatched() {}
            });
            failing.run();
        }
        return lines.get();
    }

    public void testAServerErrorIsAnsweredAsEverAndNotLogged() throws Exception {
        FakeRestChannel loud = channel();
        FakeRestChannel discreet = channel();
        assertEquals(
            0,
            linesOf(
                () -> UnloggedErrorResponse.<ToXContentObject>of(discreet, new RestToXContentListener<>(discreet))
                    .onFailure(NOT_NOW)
            )
        );
        assertEquals(1, linesOf(() -> new RestToXContentListener<>(loud).onFailure(NOT_NOW)));
        assertEquals(RestStatus.SERVICE_UNAVAILABLE, discreet.capturedResponse().status());
        assertEquals(
            loud.capturedResponse().content().utf8ToString(), discreet.capturedResponse().content().utf8ToString()
        );
    }
}
