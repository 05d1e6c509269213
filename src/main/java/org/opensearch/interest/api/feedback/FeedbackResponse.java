package org.opensearch.interest.api.feedback;

import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;

import java.io.IOException;
import java.util.Map;

/** Report built by {@link FeedbackReport}. */
public final class FeedbackResponse extends ActionResponse implements ToXContentObject {
    private final Map<String, Object> report;

    FeedbackResponse(Map<String, Object> report) {
        this.report = report;
    }

    @SuppressWarnings("unchecked") // writeTo wrote a map of this type
    FeedbackResponse(StreamInput in) throws IOException {
        report = (Map<String, Object>) in.readGenericValue();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        // keeps the order of keys, which writeMap would lose
        out.writeGenericValue(report);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        return builder.map(report);
    }
}
