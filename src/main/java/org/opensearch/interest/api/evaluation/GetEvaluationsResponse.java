package org.opensearch.interest.api.evaluation;

import org.opensearch.common.xcontent.XContentHelper;
import org.opensearch.common.xcontent.json.JsonXContent;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.interest.cluster.store.EvaluationStore.Kept;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reports of a tracker: summaries of all, the latest first, or one complete report. */
public final class GetEvaluationsResponse extends ActionResponse implements ToXContentObject {
    private final String tracker;
    private final boolean one;
    private final List<Kept> reports;

    GetEvaluationsResponse(String tracker, boolean one, List<Kept> reports) {
        this.tracker = tracker;
        this.one = one;
        this.reports = reports;
    }

    GetEvaluationsResponse(StreamInput in) throws IOException {
        tracker = in.readString();
        one = in.readBoolean();
        reports = in.readList(
            from -> new Kept(
                from.readString(), from.readVLong(), from.readString(), from.readOptionalString(),
                from.readOptionalString(), from.readOptionalString()
            )
        );
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeString(tracker);
        out.writeBoolean(one);
        out.writeCollection(reports, (to, report) -> {
            to.writeString(report.id());
            to.writeVLong(report.created());
            to.writeString(report.summary());
            to.writeOptionalString(report.json());
            to.writeOptionalString(report.text());
            to.writeOptionalString(report.html());
        });
    }

    /** Returns the report if the request was for one. */
    Kept report() {
        return reports.get(0);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        if (one) {
            return new EvaluateResponse(tracker, report().id(), report().created(), report().json())
                .toXContent(builder, params);
        }
        builder.startObject().field("tracker", tracker).startArray("evaluations");
        for (Kept report : reports) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("id", report.id());
            json.put("created", Instant.ofEpochMilli(report.created()).toString());
            json.putAll(XContentHelper.convertToMap(JsonXContent.jsonXContent, report.summary(), true));
            builder.map(json);
        }
        return builder.endArray().endObject();
    }
}
