package org.opensearch.interest.cluster.explanation;

import org.opensearch.common.Nullable;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;

import java.io.IOException;
import java.util.List;

/**
 * Explanation of an item's interest score for a user. Shares are relative to the score's distance from the neutral ½; a
 * contribution against that distance has a negative share.
 *
 * @param parts   contributions of components and topics, largest share first; their shares add up to 1; empty if the
 *                item is neutral
 * @param events  cited events, largest share first; empty if no known event contributes enough
 * @param without the interest score if those events had never happened; null if unknown
 */
public record Explanation(List<Contribution> parts, List<Cited> events, @Nullable Float without) implements Writeable {
    static final Explanation NONE = new Explanation(List.of(), List.of(), null);

    /**
     * Contribution of one component or topic to the interest score.
     *
     * @param kind  as {@link org.opensearch.interest.core.tracking.Attribution.Kind} spells it
     * @param topic the topic's id; −1 if the contribution is no topic's
     * @param item  the user's item that caused it; null if none did
     * @param title the title of {@code item}; null if it has none, or the caller may not read it
     */
    public record Contribution(
        String kind,
        int topic,
        List<String> label,
        double share,
        @Nullable String item,
        @Nullable String title
    ) implements Writeable {
        Contribution(String kind, int topic, List<String> label, double share) {
            this(kind, topic, label, share, null, null);
        }

        static Contribution readFrom(StreamInput in) throws IOException {
            return new Contribution(
                in.readString(), in.readInt(), in.readStringList(), in.readDouble(), in.readOptionalString(),
                in.readOptionalString()
            );
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            out.writeString(kind);
            out.writeInt(topic);
            out.writeStringCollection(label);
            out.writeDouble(share);
            out.writeOptionalString(item);
            out.writeOptionalString(title);
        }

        Contribution titled(String newTitle) {
            return new Contribution(kind, topic, label, share, item, newTitle);
        }
    }

    /**
     * One or several events of the same type about the same item or text.
     *
     * @param type      of the events
     * @param item      null if the events have none
     * @param text      null if the events have none
     * @param title     the item's title; null if it has none, or the caller may not read it
     * @param timestamp of the latest event, in milliseconds since 1970
     * @param count     number of events
     */
    public record Cited(
        String type,
        @Nullable String item,
        @Nullable String text,
        @Nullable String title,
        long timestamp,
        int count,
        double share
    ) implements Writeable {
        static Cited readFrom(StreamInput in) throws IOException {
            return new Cited(
                in.readString(), in.readOptionalString(), in.readOptionalString(), in.readOptionalString(),
                in.readLong(), in.readVInt(), in.readDouble()
            );
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            out.writeString(type);
            out.writeOptionalString(item);
            out.writeOptionalString(text);
            out.writeOptionalString(title);
            out.writeLong(timestamp);
            out.writeVInt(count);
            out.writeDouble(share);
        }

        Cited titled(String newTitle) {
            return new Cited(type, item, text, newTitle, timestamp, count, share);
        }
    }

    public Explanation {
        parts = List.copyOf(parts);
        events = List.copyOf(events);
    }

    static Explanation readFrom(StreamInput in) throws IOException {
        return new Explanation(
            in.readList(Contribution::readFrom), in.readList(Cited::readFrom), in.readOptionalFloat()
        );
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeCollection(parts);
        out.writeCollection(events);
        out.writeOptionalFloat(without);
    }
}
