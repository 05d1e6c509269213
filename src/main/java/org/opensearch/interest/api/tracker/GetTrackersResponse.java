package org.opensearch.interest.api.tracker;

import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** JSON configurations of trackers: a single object if the request named one tracker, else a list. */
public final class GetTrackersResponse extends ActionResponse implements ToXContentObject {
    private final List<Map<String, Object>> trackers;
    private final boolean one;

    GetTrackersResponse(List<Map<String, Object>> trackers, boolean one) {
        this.trackers = trackers;
        this.one = one;
    }

    GetTrackersResponse(StreamInput in) throws IOException {
        trackers = in.readList(StreamInput::readMap);
        one = in.readBoolean();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeCollection(trackers, StreamOutput::writeMap);
        out.writeBoolean(one);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        return one ? builder.map(trackers.get(0)) : builder.map(Map.of("trackers", trackers));
    }
}
