package org.opensearch.interest.cluster.engagement;

import org.opensearch.common.Nullable;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.interest.core.ranking.ComponentWeights;
import org.opensearch.interest.core.ranking.ItemBoost;
import org.opensearch.interest.core.ranking.ItemBoosts;

import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Wire form of item boosts and component weights. Stateless. */
public final class BoostFormat {
    private BoostFormat() {}

    public static void write(StreamOutput out, @Nullable ComponentWeights weights) throws IOException {
        out.writeBoolean(weights != null);
        if (weights != null) {
            out.writeDouble(weights.content());
            out.writeDouble(weights.related());
            out.writeDouble(weights.popular());
            out.writeDouble(weights.repeat());
        }
    }

    @Nullable
    public static ComponentWeights readWeights(StreamInput in) throws IOException {
        return in.readBoolean()
            ? new ComponentWeights(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble())
            : null;
    }

    public static void write(StreamOutput out, ItemBoost item) throws IOException {
        out.writeFloat(item.related());
        out.writeFloat(item.popular());
        out.writeFloat(item.repeat());
        out.writeOptionalString(item.by());
    }

    public static ItemBoost readItem(StreamInput in) throws IOException {
        return new ItemBoost(in.readFloat(), in.readFloat(), in.readFloat(), in.readOptionalString());
    }

    /** Writes boosts in the order of ids, so that equal boosts have equal bytes and request caches can answer them. */
    public static void write(StreamOutput out, ItemBoosts boosts) throws IOException {
        out.writeFloat(boosts.content());
        out.writeVInt(boosts.items().size());
        for (Map.Entry<String, ItemBoost> item : boosts.items().entrySet()) {
            out.writeString(item.getKey());
            write(out, item.getValue());
        }
    }

    public static ItemBoosts readBoosts(StreamInput in) throws IOException {
        float content = in.readFloat();
        SortedMap<String, ItemBoost> items = new TreeMap<>();
        for (int left = in.readVInt(); left > 0; left--) {
            items.put(in.readString(), readItem(in));
        }
        return new ItemBoosts(content, items);
    }
}
