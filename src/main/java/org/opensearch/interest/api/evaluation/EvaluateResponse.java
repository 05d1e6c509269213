package org.opensearch.interest.api.evaluation;

import org.opensearch.common.xcontent.XContentHelper;
import org.opensearch.common.xcontent.json.JsonXContent;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Report of an evaluation, and the id under which it is stored. */
public final class EvaluateResponse extends ActionResponse implements ToXContentObject {
    private final String tracker;
    private final String id;
    private final long created;
    private final String report;

    /** @param report a JSON object */
    EvaluateResponse(String tracker, String id, long created, String report) {
        this.tracker = tracker;
        this.id = id;
        this.created = created;
        this.report = report;
    }

    EvaluateResponse(StreamInput in) throws IOException {
        tracker = in.readString();
        id = in.readString();
        created = in.readVLong();
        report = in.readString();
    }

    /** Returns the report as a map, parsed from its JSON. */
    public Map<String, Object> report() {
        return XContentHelper.convertToMap(JsonXContent.jsonXContent, report, true);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeString(tracker);
        out.writeString(id);
        out.writeVLong(created);
        out.writeString(report);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("tracker", tracker);
        json.put("id", id);
        json.put("created", Instant.ofEpochMilli(created).toString());
        json.putAll(report());
        return builder.map(json);
    }
}
