package org.opensearch.interest.api.rest;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.rest.RestRequest;

import java.io.IOException;
import java.util.Map;

/**
 * Reader of a request body with exactly one JSON value. Content after that value is an error and is not silently
 * ignored.
 */
public final class JsonBody {
    private JsonBody() {}

    /**
     * @param what    name of the object in error messages, such as "embed request"
     * @param request a request with a body
     */
    public static Map<String, Object> object(String what, RestRequest request) throws IOException {
        try (XContentParser parser = request.contentParser()) {
            if (parser.nextToken() != XContentParser.Token.START_OBJECT) {
                throw new IllegalArgumentException(
                    "[interest] " + what + " must be an object, but starts with [" + parser.currentToken() + "]"
                );
            }
            Map<String, Object> object = parser.mapOrdered();
            requireEnd(parser, "send one object");
            return object;
        } catch (StreamConstraintsException e) {
            throw refused(what, e);
        }
    }

    /**
     * Returns the client error (400) for a body beyond the parser's limits, such as too deep a nesting or too long a
     * number.
     */
    public static IllegalArgumentException refused(String what, StreamConstraintsException e) {
        return new IllegalArgumentException("[interest] " + what + " cannot be read: " + e.getOriginalMessage(), e);
    }

    /** @param instead what the client should send, for the error message */
    public static void requireEnd(XContentParser parser, String instead) throws IOException {
        if (parser.nextToken() != null) {
            throw new IllegalArgumentException("[interest] the body goes on after its first JSON value: " + instead);
        }
    }
}
