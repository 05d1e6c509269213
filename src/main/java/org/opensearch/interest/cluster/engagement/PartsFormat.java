package org.opensearch.interest.cluster.engagement;

import org.opensearch.common.Nullable;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.interest.core.ranking.ItemParts;
import org.opensearch.interest.core.ranking.PartWeights;
import org.opensearch.interest.core.ranking.Parts;

import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How the parts of an interest and their weights travel from node to node. Stateless. */
public final class PartsFormat {
    private PartsFormat() {}

    public static void write(StreamOutput out, @Nullable PartWeights weights) throws IOException {
        out.writeBoolean(weights != null);
        if (weights != null) {
            out.writeDouble(weights.content());
            out.writeDouble(weights.related());
            out.writeDouble(weights.popular());
            out.writeDouble(weights.repeat());
        }
    }

    @Nullable
    public static PartWeights readWeights(StreamInput in) throws IOException {
        return in.readBoolean() ? new PartWeights(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble()) : null;
    }

    public static void write(StreamOutput out, ItemParts item) throws IOException {
        out.writeFloat(item.related());
        out.writeFloat(item.popular());
        out.writeFloat(item.repeat());
        out.writeOptionalString(item.by());
    }

    public static ItemParts readItem(StreamInput in) throws IOException {
        return new ItemParts(in.readFloat(), in.readFloat(), in.readFloat(), in.readOptionalString());
    }

    /** In the order of ids: equal parts are equal bytes, and caches of requests can answer them. */
        public static void write(StreamOutput out, Parts parts) throws IOException {
        out.writeFloat(parts.content());
        out.writeVInt(parts.items().size());
        for (Map.Entry<String, ItemParts> item : parts.items().entrySet()) {
            out.writeString(item.getKey());
            write(out, item.getValue());
        }
    }

    public static Parts readParts(StreamInput in) throws IOException {
        float content = in.readFloat();
        SortedMap<String, ItemParts> items = new TreeMap<>();
        for (int left = in.readVInt(); left > 0; left--) {
            items.put(in.readString(), readItem(in));
        }
        return new Parts(content, items);
    }
}
