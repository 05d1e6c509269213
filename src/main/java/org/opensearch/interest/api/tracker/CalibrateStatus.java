package org.opensearch.interest.api.tracker;

import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.interest.cluster.calibration.GeometryFitter;
import org.opensearch.tasks.Task;

import java.io.IOException;
import java.util.Locale;

/**
 * Progress of a calibration. A cancelled calibration changes nothing that is in use.
 *
 * @param items number of items, or of events, processed so far in the stage
 */
record CalibrateStatus(GeometryFitter.Stage stage, int items) implements Task.Status {
    static final String NAME = "interest_calibration";

    CalibrateStatus(StreamInput in) throws IOException {
        this(in.readEnum(GeometryFitter.Stage.class), in.readVInt());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeEnum(stage);
        out.writeVInt(items);
    }

    @Override
    public String getWriteableName() {
        return NAME;
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        return builder.startObject()
            .field("stage", stage.name().toLowerCase(Locale.ROOT))
            .field("items", items)
            .endObject();
    }
}
