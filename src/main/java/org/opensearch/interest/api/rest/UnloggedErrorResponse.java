package org.opensearch.interest.api.rest;

import org.opensearch.ExceptionsHelper;
import org.opensearch.OpenSearchException;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.xcontent.ToXContent;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.rest.BytesRestResponse;
import org.opensearch.rest.RestChannel;
import org.opensearch.rest.action.RestActionListener;

import java.io.IOException;
import java.util.Map;

/**
 * Error response for requests whose path contains a user id. OpenSearch logs the path of every request that ends with a
 * server error; this class sends the same response without that log line.
 */
public final class UnloggedErrorResponse {
    private static final ToXContent.Params WITHOUT_TRACE = new ToXContent.MapParams(
        Map.of(OpenSearchException.REST_EXCEPTION_SKIP_STACK_TRACE, "true")
    );

    private UnloggedErrorResponse() {}

    /** @param answer listener that sends the response if nothing fails */
    public static <T> ActionListener<T> of(RestChannel channel, RestActionListener<T> answer) {
        return ActionListener.wrap(answer::onResponse, e -> channel.sendResponse(failure(channel, e)));
    }

    private static BytesRestResponse failure(RestChannel channel, Exception e) {
        RestStatus status = ExceptionsHelper.status(e);
        try {
            XContentBuilder body = channel.newErrorBuilder().startObject();
            OpenSearchException.generateFailureXContent(body, WITHOUT_TRACE, e, channel.detailedErrorsEnabled());
            BytesRestResponse response = new BytesRestResponse(
                status, body.field("status", status.getStatus()).endObject()
            );
            if (e instanceof OpenSearchException failure) {
                failure.getHeaderKeys()
                    .forEach(key -> failure.getHeader(key).forEach(value -> response.addHeader(key, value)));
            }
            return response;
        } catch (IOException unsendable) {
            return new BytesRestResponse(status, "");
        }
    }
}
