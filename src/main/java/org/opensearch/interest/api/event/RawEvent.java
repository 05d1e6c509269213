package org.opensearch.interest.api.event;

import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;

import java.io.IOException;
import java.util.Map;

/**
 * One event as it was sent, not checked yet.
 *
 * @param json    null where it was no JSON object
 * @param problem why it was none; null where it was one
 */
public record RawEvent(Map<String, Object> json, String problem) implements Writeable {
    public static RawEvent of(Map<String, Object> json) {
        return new RawEvent(json, null);
    }

    static RawEvent unreadable(String problem) {
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
