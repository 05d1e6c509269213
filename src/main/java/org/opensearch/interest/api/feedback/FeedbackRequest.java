package org.opensearch.interest.api.feedback;

import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionRequestValidationException;
import org.opensearch.common.Nullable;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Request for a feedback report on a tracker's events. An unknown tracker gives status 404. */
public final class FeedbackRequest extends ActionRequest {
    final String tracker;
    /** milliseconds since 1970, inclusive */
    final long from;
    /** inclusive; null for now */
    final Long to;
    /** name; null for the tracker's own experiment */
    final String experiment;
    /**
     * event types that count as conversions; null for all signals with a weight above 0 except view, search and click
     */
    final List<String> conversions;

    /** @throws IllegalArgumentException if the end is before the start */
    public FeedbackRequest(
        String tracker, long from, @Nullable Long to, @Nullable String experiment, @Nullable List<String> conversions
    ) {
        if (to != null && to < from) {
            throw new IllegalArgumentException(
                "[interest] [to] must not be before [from], which is [" + Instant.ofEpochMilli(from) + "], but was ["
                    + Instant.ofEpochMilli(to) + "]"
            );
        }
        this.tracker = tracker;
        this.from = from;
        this.to = to;
        this.experiment = experiment;
        this.conversions = conversions;
    }

    public FeedbackRequest(StreamInput in) throws IOException {
        super(in);
        tracker = in.readString();
        from = in.readLong();
        to = in.readOptionalLong();
        experiment = in.readOptionalString();
        conversions = in.readOptionalStringList();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeString(tracker);
        out.writeLong(from);
        out.writeOptionalLong(to);
        out.writeOptionalString(experiment);
        out.writeOptionalStringCollection(conversions);
    }

    @Override
    public ActionRequestValidationException validate() {
        return null;
    }
}
