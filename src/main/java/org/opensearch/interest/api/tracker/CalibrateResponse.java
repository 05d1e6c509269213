package org.opensearch.interest.api.tracker;

import org.opensearch.common.Nullable;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.interest.cluster.calibration.GeometryFitter;
import org.opensearch.interest.cluster.engagement.EngagementBuilder;

import java.io.IOException;

/**
 * Results of a calibration: the number of items, the version of the fitted geometry now in use, and the size of the
 * engagement snapshot.
 */
public final class CalibrateResponse extends ActionResponse implements ToXContentObject {
    private final String tracker;
    @Nullable
    private final GeometryFitter.Result result;
    @Nullable
    private final EngagementBuilder.Result engagement;
    private final long tookMillis;

    /**
     * @param result     null if no geometry was fitted
     * @param engagement null if no engagement snapshot was built
     */
    CalibrateResponse(
        String tracker, @Nullable GeometryFitter.Result result, @Nullable EngagementBuilder.Result engagement,
        long tookMillis
    ) {
        this.tracker = tracker;
        this.result = result;
        this.engagement = engagement;
        this.tookMillis = tookMillis;
    }

    CalibrateResponse(StreamInput in) throws IOException {
        tracker = in.readString();
        result = in.readBoolean() ? new GeometryFitter.Result(in.readVInt(), in.readVInt(), in.readVLong()) : null;
        engagement = in.readBoolean() ? new EngagementBuilder.Result(in.readVLong(), in.readVLong()) : null;
        tookMillis = in.readVLong();
    }

    public GeometryFitter.Result result() {
        return result;
    }

    public EngagementBuilder.Result engagement() {
        return engagement;
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeString(tracker);
        out.writeBoolean(result != null);
        if (result != null) {
            out.writeVInt(result.items());
            out.writeVInt(result.skipped());
            out.writeVLong(result.version());
        }
        out.writeBoolean(engagement != null);
        if (engagement != null) {
            out.writeVLong(engagement.events());
            out.writeVLong(engagement.items());
        }
        out.writeVLong(tookMillis);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject().field("tracker", tracker);
        if (result != null) {
            builder.field("items", result.items())
                .field("skipped", result.skipped())
                .field("geometry_version", result.version());
        }
        if (engagement != null) {
            builder.startObject("engagement")
                .field("events", engagement.events())
                .field("items", engagement.items())
                .endObject();
        }
        return builder.field("took", tookMillis).endObject();
    }
}
