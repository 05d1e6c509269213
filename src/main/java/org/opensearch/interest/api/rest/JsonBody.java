package org.opensearch.interest.api.rest;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.rest.RestRequest;

import java.io.IOException;
import java.util.Map;

/** A request's body: one value, and nothing behind it that would be passed over in silence. */
public final class JsonBody {
    private JsonBody() {}

    /**
     * @param what    what the object is, for messages: "embed request"
     * @param request with a body
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

    /** A body beyond the parser's bounds (too deep, a number too long) is the sender's mistake: 400. */
    public static IllegalArgumentException refused(String what, StreamConstraintsException e) {
        return new IllegalArgumentException("[interest] " + what + " cannot be read: " + e.getOriginalMessage(), e);
    }

    /** @param instead what to send */
    public static void requireEnd(XContentParser parser, String instead) throws IOException {
        if (parser.nextToken() != null) {
            throw new IllegalArgumentException("[interest] the body goes on after its first JSON value: " + instead);
        }
    }
}
