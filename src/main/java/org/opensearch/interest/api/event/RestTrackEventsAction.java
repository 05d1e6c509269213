package org.opensearch.interest.api.event;

import org.opensearch.ExceptionsHelper;
import org.opensearch.OpenSearchException;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.xcontent.MediaType;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.interest.cluster.events.TrackEventsRequest;
import org.opensearch.interest.cluster.events.TrackEventsResponse;
import org.opensearch.interest.cluster.events.TransportTrackEventsAction;
import org.opensearch.interest.core.tracking.ChangeResult;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.BytesRestResponse;
import org.opensearch.rest.RestChannel;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.RestResponse;
import org.opensearch.rest.action.RestBuilderListener;
import org.opensearch.transport.client.node.NodeClient;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

import static org.opensearch.rest.RestRequest.Method.POST;

public final class RestTrackEventsAction extends BaseRestHandler {
    private static final String NDJSON = "application/x-ndjson";
    /** A full queue is processed in less time. */
    private static final String RETRY_AFTER_SECONDS = "1";

    @Override
    public String getName() {
        return "interest_track_events";
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(POST, "/_plugins/_interest/trackers/{tracker}/events"));
    }

    @Override
    public boolean supportsContentStream() {
        return true;
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) throws IOException {
        MediaType type = request.getMediaType();
        String contentType = request.header("Content-Type");
        boolean lines = contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith(NDJSON);
        EventBody body = EventBody.read(request.requiredContent(), type, lines);
        TrackEventsRequest track = new TrackEventsRequest(
            request.param("tracker"), body.events(),
            RefreshPolicy.parse(request.param("refresh", RefreshPolicy.NONE.getValue()))
        );
        return channel -> client
            .execute(TransportTrackEventsAction.TYPE, track, new EventsListener(channel, body.single()));
    }

    /**
     * Builds a response like that of _bulk. If the request is one single event and it fails, the request fails with it.
     */
    private static final class EventsListener extends RestBuilderListener<TrackEventsResponse> {
        private final boolean single;

        EventsListener(RestChannel channel, boolean single) {
            super(channel);
            this.single = single;
        }

        @Override
        public RestResponse buildResponse(TrackEventsResponse response, XContentBuilder builder) throws Exception {
            builder.startObject();
            response.toXContent(builder, channel.request());
            ChangeResult only = single ? response.results().get(0) : null;
            RestStatus status = only == null ? RestStatus.OK : TrackEventsResponse.status(only);
            if (status != RestStatus.OK) {
                OpenSearchException.generateFailureXContent(
                    builder, channel.request(), (Exception) ExceptionsHelper.unwrapCause(only.failure()),
                    channel.detailedErrorsEnabled()
                );
                builder.field("status", status.getStatus());
            }
            BytesRestResponse answer = new BytesRestResponse(status, builder.endObject());
            if (response.isOverloaded()) {
                answer.addHeader("Retry-After", RETRY_AFTER_SECONDS);
            }
            return answer;
        }
    }
}
