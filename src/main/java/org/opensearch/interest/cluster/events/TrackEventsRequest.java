package org.opensearch.interest.cluster.events;

import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionRequestValidationException;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Request to record events, in the order sent. */
public final class TrackEventsRequest extends ActionRequest {
    private final String tracker;
    private final List<RawEvent> events;
    private final RefreshPolicy refresh;
    private final boolean ignoreUnknown;

    public TrackEventsRequest(String tracker, List<RawEvent> events, RefreshPolicy refresh) {
        this(tracker, events, refresh, false);
    }

    /** @param ignoreUnknown whether to ignore, and not to refuse, an event that cannot be evidence */
    TrackEventsRequest(String tracker, List<RawEvent> events, RefreshPolicy refresh, boolean ignoreUnknown) {
        this.tracker = tracker;
        this.events = List.copyOf(events);
        this.refresh = refresh;
        this.ignoreUnknown = ignoreUnknown;
    }

    public TrackEventsRequest(StreamInput in) throws IOException {
        super(in);
        tracker = in.readString();
        events = in.readList(RawEvent::readFrom);
        refresh = RefreshPolicy.readFrom(in);
        ignoreUnknown = in.readBoolean();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeString(tracker);
        out.writeList(events);
        refresh.writeTo(out);
        out.writeBoolean(ignoreUnknown);
    }

    @Override
    public ActionRequestValidationException validate() {
        return null;
    }

    String tracker() {
        return tracker;
    }

    List<RawEvent> events() {
        return events;
    }

    boolean ignoreUnknown() {
        return ignoreUnknown;
    }

    RefreshPolicy refresh() {
        return refresh;
    }

    /**
     * One event as sent, not checked yet.
     *
     * @param json    null if it was no JSON object
     * @param problem why it was none; null if it was one
     */
    public record RawEvent(Map<String, Object> json, String problem) implements Writeable {
        public static RawEvent of(Map<String, Object> json) {
            return new RawEvent(json, null);
        }

        public static RawEvent unreadable(String problem) {
            return new RawEvent(null, problem);
        }

        static RawEvent readFrom(StreamInput in) throws IOException {
            return in.readBoolean() ? of(in.readMap()) : unreadable(in.readString());
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            out.writeBoolean(json != null);
            if (json != null) {
                out.writeMap(json);
            } else {
                out.writeString(problem);
            }
        }
    }
}
