package org.opensearch.interest.api.event;

import org.opensearch.common.xcontent.XContentType;
import org.opensearch.core.common.bytes.BytesArray;
import org.opensearch.interest.cluster.events.TrackEventsRequest.RawEvent;
import org.opensearch.test.OpenSearchTestCase;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Tests of event bodies as clients send them: written by hand, on Windows or in a shell. */
public class EventBodyTests extends OpenSearchTestCase {
    private static final String ONE = "{\"user\":\"ann\"}";
    private static final String OTHER = "{\"user\":\"bob\"}";

    private static EventBody lines(String body) throws IOException {
        return EventBody.read(new BytesArray(body), XContentType.JSON, true);
    }

    private static void assertRefused(String reason, String body, boolean lines) {
        Exception e = expectThrows(
            IllegalArgumentException.class, () -> EventBody.read(new BytesArray(body), XContentType.JSON, lines)
        );
        assertEquals(reason, e.getMessage());
    }

    public void testLinesEndAndBeginInManyWays() throws IOException {
        for (String body : List.of(
            ONE + "\n" + OTHER, ONE + "\n" + OTHER + "\n", ONE + "\r\n" + OTHER + "\r\n",
            "\n\r\n" + ONE + "\n \t\n" + OTHER + "\n\n", "\ufeff" + ONE + "\n" + OTHER + "\n"
        )) {
            List<RawEvent> events = lines(body).events();
            assertEquals(body, List.of("ann", "bob"), events.stream().map(event -> event.json().get("user")).toList());
        }
    }

    public void testALineThatIsNoObjectFailsAlone() throws IOException {
        List<RawEvent> events = lines(ONE + "\nnull\n42\n[]\n\"x\"\n" + OTHER + ONE + "\n{\"user\":\n" + OTHER)
            .events();
        assertEquals(8, events.size());
        assertNull(events.get(0).problem());
        assertNull(events.get(7).problem());
        List<String> tokens = List.of("VALUE_NULL", "VALUE_NUMBER", "START_ARRAY", "VALUE_STRING");
        for (int i = 0; i < tokens.size(); i++) {
            String reason = "[interest] an event must be one JSON object on a line of its own, but: [interest] an event must be an object, "
                + "but starts with [" + tokens.get(i) + "]";
            assertEquals(reason, events.get(1 + i).problem());
        }
        assertTrue(
            events.get(5).problem(), events.get(5).problem().endsWith("send one event a line as [application/x-ndjson]")
        );
        assertTrue(
            events.get(6).problem(),
            events.get(6).problem().startsWith("[interest] an event must be one JSON object on a line of its own")
        );
    }

    public void testOneSeveralOrNone() throws IOException {
        EventBody one = EventBody.read(new BytesArray(ONE), XContentType.JSON, false);
        assertTrue(one.single());
        for (String body : Arrays.asList("[" + ONE + "]", "{\"events\":[" + ONE + "]}")) {
            EventBody list = EventBody.read(new BytesArray(body), XContentType.JSON, false);
            assertFalse(list.single());
            assertEquals(one.events(), list.events());
        }
        String none = "[interest] the body holds no event: send an object, {\"events\":[…]}, or one event a line as NDJSON";
        assertRefused(none, "[]", false);
        assertRefused(none, "{\"events\":[]}", false);
        assertRefused(none, "\n \n", true);
        assertRefused("[interest] an event must be an object, but starts with [VALUE_NUMBER]", "42", false);
        String goesOn = "[interest] the body goes on after its first JSON value: send one event a line as [application/x-ndjson]";
        assertRefused(goesOn, ONE + "\n" + ONE, false);
    }
}
