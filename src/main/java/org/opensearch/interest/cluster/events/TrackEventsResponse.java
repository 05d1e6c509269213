package org.opensearch.interest.cluster.events;

import org.opensearch.ExceptionsHelper;
import org.opensearch.OpenSearchException;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.xcontent.ToXContentFragment;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.interest.cluster.profiles.ChangeResultFormat;
import org.opensearch.interest.core.tracking.ChangeResult;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Response with one result per event, in the order sent. Its JSON form is the fields of an object that the REST action
 * opens and closes.
 */
public final class TrackEventsResponse extends ActionResponse implements ToXContentFragment {
    private final long tookMillis;
    private final List<ChangeResult> results;

    TrackEventsResponse(long tookMillis, List<ChangeResult> results) {
        this.tookMillis = tookMillis;
        this.results = List.copyOf(results);
    }

    TrackEventsResponse(StreamInput in) throws IOException {
        tookMillis = in.readVLong();
        results = in.readList(ChangeResultFormat::read);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeVLong(tookMillis);
        out.writeCollection(results, ChangeResultFormat::write);
    }

    public List<ChangeResult> results() {
        return results;
    }

    public static RestStatus status(ChangeResult result) {
        return result.failure() == null ? RestStatus.OK : ExceptionsHelper.status(result.failure());
    }

    /** Returns true if any event was rejected because of overload and has to be sent again later. */
    public boolean isOverloaded() {
        return results.stream().anyMatch(result -> status(result) == RestStatus.TOO_MANY_REQUESTS);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.field("took", tookMillis);
        builder.field("errors", results.stream().anyMatch(result -> result.failure() != null));
        builder.startArray("items");
        for (ChangeResult result : results) {
            builder.startObject().field("status", status(result).getStatus());
            if (result.failure() == null) {
                builder.field("result", result.outcome().name().toLowerCase(Locale.ROOT));
            } else {
                builder.startObject("error");
                OpenSearchException
                    .generateThrowableXContent(builder, params, ExceptionsHelper.unwrapCause(result.failure()));
                builder.endObject();
            }
            builder.endObject();
        }
        return builder.endArray();
    }
}
