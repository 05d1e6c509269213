package org.opensearch.interest.api.event;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import org.opensearch.common.xcontent.XContentType;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.core.xcontent.DeprecationHandler;
import org.opensearch.core.xcontent.MediaType;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.interest.api.rest.JsonBody;
import org.opensearch.interest.cluster.events.TrackEventsRequest.RawEvent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Body of an events request: one event as an object, several as {"events":[…]} or as an array, or one event per line
 * (NDJSON).
 *
 * @param events in the order sent
 * @param single whether the body is one single event, whose failure is then the failure of the request
 */
record EventBody(List<RawEvent> events, boolean single) {
    private static final String EVENTS = "events";
    private static final String ONE_A_LINE = "send one event a line as [application/x-ndjson]";

    /**
     * @throws IllegalArgumentException if the body as a whole cannot be read; an error in one event fails only that
     *                                  event
     */
    static EventBody read(BytesReference body, MediaType type, boolean lines) throws IOException {
        EventBody read = lines ? new EventBody(readLines(body), false) : readDocument(body, type);
        if (read.events.isEmpty()) {
            throw new IllegalArgumentException(
                "[interest] the body holds no event: send an object, {\"events\":[…]}, or one event a line as NDJSON"
            );
        }
        return read;
    }

    private static EventBody readDocument(BytesReference body, MediaType type) throws IOException {
        try (XContentParser parser = parser(body, type)) {
            if (parser.nextToken() == XContentParser.Token.START_ARRAY) {
                EventBody events = new EventBody(elements(parser.list()), false);
                JsonBody.requireEnd(parser, ONE_A_LINE);
                return events;
            }
            requireObject(parser.currentToken());
            Map<String, Object> object = parser.map();
            JsonBody.requireEnd(parser, ONE_A_LINE);
            if (object.containsKey(EVENTS) == false) {
                return new EventBody(List.of(RawEvent.of(object)), true);
            }
            if (object.size() > 1 || object.get(EVENTS) instanceof List<?> == false) {
                throw new IllegalArgumentException(
                    "[interest] beside [events], which must be a list of events, no other key is allowed, but there are "
                        + object.keySet()
                );
            }
            return new EventBody(elements((List<?>) object.get(EVENTS)), false);
        } catch (StreamConstraintsException e) {
            throw JsonBody.refused("events request", e);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<RawEvent> elements(List<?> elements) {
        List<RawEvent> events = new ArrayList<>(elements.size());
        for (Object element : elements) {
            events.add(
                element instanceof Map<?, ?> map ? RawEvent.of((Map<String, Object>) map)
                    : RawEvent.unreadable("[interest] an event must be an object, but was [" + element + "]")
            );
        }
        return events;
    }

    /** Reads one event per line. A line that is not a JSON object fails alone: the other lines are complete. */
    private static List<RawEvent> readLines(BytesReference body) throws IOException {
        List<RawEvent> events = new ArrayList<>();
        int start = 0;
        while (start < body.length()) {
            int end = body.indexOf((byte) '\n', start);
            end = end < 0 ? body.length() : end;
            BytesReference line = body.slice(start, end - start);
            if (line.utf8ToString().isBlank() == false) {
                events.add(readLine(line));
            }
            start = end + 1;
        }
        return events;
    }

    private static RawEvent readLine(BytesReference line) {
        try (XContentParser parser = parser(line, XContentType.JSON)) {
            requireObject(parser.nextToken());
            Map<String, Object> event = parser.map();
            JsonBody.requireEnd(parser, ONE_A_LINE);
            return RawEvent.of(event);
        } catch (IOException | RuntimeException e) {
            return RawEvent
                .unreadable("[interest] an event must be one JSON object on a line of its own, but: " + e.getMessage());
        }
    }

    private static void requireObject(XContentParser.Token first) {
        if (first != XContentParser.Token.START_OBJECT) {
            throw new IllegalArgumentException(
                "[interest] an event must be an object, but starts with [" + first + "]"
            );
        }
    }

    private static XContentParser parser(BytesReference bytes, MediaType type) throws IOException {
        return type.xContent()
            .createParser(
                NamedXContentRegistry.EMPTY, DeprecationHandler.THROW_UNSUPPORTED_OPERATION, bytes.streamInput()
            );
    }
}
