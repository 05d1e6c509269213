package org.opensearch.interest.cluster.explanation;

import org.opensearch.common.Nullable;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;

import java.io.IOException;
import java.util.List;

/**
 * Why an item interests a user as it does. Shares are of the interest score's distance from the neutral ½; what works
 * against that distance has a share below zero.
 *
 * @param parts   the heaviest first; their shares add up to 1; empty where the item is neutral
 * @param events  the heaviest first; empty where nothing that is known of the past carries it
 * @param without the interest score had those events never happened; null where that is not known
 */
public record Explanation(List<Contribution> parts, List<Cited> events, @Nullable Float without) implements Writeable {
    static final Explanation NONE = new Explanation(List.of(), List.of(), null);

    /**
     * One part of the interest.
     *
     * @param kind  as {@link org.opensearch.interest.core.tracking.Attribution.Kind} spells it
     * @param topic the topic's id; −1 where it is none
     * @param item  the user's item that brought it; null where none did
     * @param title that item's; null where it has none, or the caller may not read it
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

        Contribution titled(String itsTitle) {
            return new Contribution(kind, topic, label, share, item, itsTitle);
        }
    }

    /**
     * What the user did with one thing, once or several times in the same way.
     *
     * @param type      of the events
     * @param item      null where it was none
     * @param text      null where it was none
     * @param title     the item's; null where it has none, or the caller may not read it
     * @param timestamp the latest one's, in milliseconds since 1970
     * @param count     how many events
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

        Cited titled(String itsTitle) {
            return new Cited(type, item, text, itsTitle, timestamp, count, share);
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
