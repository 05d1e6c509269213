package org.opensearch.interest.tracker;

import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.interest.store.Calibration;

import java.io.IOException;

/** What a tracker was fitted to, and the version under which it is in use. */
public final class CalibrateResponse extends ActionResponse implements ToXContentObject {
    private final String tracker;
    private final Calibration.Result result;
    private final long tookMillis;

    CalibrateResponse(String tracker, Calibration.Result result, long tookMillis) {
        this.tracker = tracker;
        this.result = result;
        this.tookMillis = tookMillis;
    }

    CalibrateResponse(StreamInput in) throws IOException {
        tracker = in.readString();
        result = new Calibration.Result(in.readVInt(), in.readVInt(), in.readVLong());
        tookMillis = in.readVLong();
    }

    public Calibration.Result result() {
        return result;
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeString(tracker);
        out.writeVInt(result.items());
        out.writeVInt(result.skipped());
        out.writeVLong(result.version());
        out.writeVLong(tookMillis);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        return builder.startObject()
            .field("tracker", tracker)
            .field("items", result.items())
            .field("skipped", result.skipped())
            .field("geometry_version", result.version())
            .field("took", tookMillis)
            .endObject();
    }
}
