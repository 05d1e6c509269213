package org.opensearch.interest.search.query;

import org.opensearch.common.Nullable;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.ToXContentFragment;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.interest.cluster.engagement.BoostFormat;
import org.opensearch.interest.core.ranking.ComponentWeights;
import org.opensearch.interest.core.ranking.FieldWeights;
import org.opensearch.interest.core.ranking.RelevanceBlend;
import org.opensearch.interest.core.tracking.ComponentWeightsJson;
import org.opensearch.interest.core.tracking.RankingTarget;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Common part of {@code interest} queries and rescorers: the ranking's target, its vector fields, and the weights.
 * Immutable.
 *
 * @param fields several fields and their weights; null for the single field of the target or its tracker
 * @param blend  the blend of relevance and interest
 * @param parts  the component weights; null for the tracker's own
 */
public record InterestRanking(
    RankingTarget target,
    @Nullable FieldWeights fields,
    RelevanceBlend blend,
    @Nullable ComponentWeights parts
) implements Writeable, ToXContentFragment {
    public InterestRanking {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(blend, "blend");
        if (parts != null && target.user() == null) {
            throw new IllegalArgumentException(
                "[interest] [blend] with component weights needs [user]: for a [vector] there is content alone"
            );
        }
    }

    /** Ranking with the tracker's own component weights. */
    public InterestRanking(RankingTarget target, @Nullable FieldWeights fields, RelevanceBlend blend) {
        this(target, fields, blend, null);
    }

    static InterestRanking readFrom(StreamInput in) throws IOException {
        String tracker = in.readOptionalString();
        String user = in.readOptionalString();
        float[] vector = in.readBoolean() ? in.readFloatArray() : null;
        RankingTarget target = new RankingTarget(tracker, user, vector, in.readOptionalString());
        FieldWeights fields = null;
        if (in.readBoolean()) {
            Map<String, Float> weights = new LinkedHashMap<>();
            for (int left = in.readVInt(); left > 0; left--) {
                weights.put(in.readString(), in.readFloat());
            }
            fields = new FieldWeights(weights);
        }
        RelevanceBlend blend = new RelevanceBlend(
            RelevanceBlend.Form.parse(in.readString()), in.readFloat(), in.readOptionalFloat()
        );
        return new InterestRanking(target, fields, blend, BoostFormat.readWeights(in));
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeOptionalString(target.tracker());
        out.writeOptionalString(target.user());
        out.writeBoolean(target.vector() != null);
        if (target.vector() != null) {
            out.writeFloatArray(target.vector());
        }
        out.writeOptionalString(target.field());
        out.writeBoolean(fields != null);
        if (fields != null) {
            out.writeVInt(fields.weights().size());
            // Field by field, because the stream's own map format would lose the order.
            for (Map.Entry<String, Float> field : fields.weights().entrySet()) {
                out.writeString(field.getKey());
                out.writeFloat(field.getValue());
            }
        }
        out.writeString(blend.form().spelling());
        out.writeFloat(blend.weight());
        out.writeOptionalFloat(blend.pivot());
        BoostFormat.write(out, parts);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        writeIfPresent(builder, "tracker", target.tracker());
        writeIfPresent(builder, "user", target.user());
        if (target.vector() != null) {
            builder.array("vector", target.vector());
        }
        if (fields == null) {
            writeIfPresent(builder, "field", target.field());
        } else {
            builder.startObject("fields");
            for (Map.Entry<String, Float> field : fields.weights().entrySet()) {
                builder.field(field.getKey(), field.getValue());
            }
            builder.endObject();
        }
        builder.field("weight", blend.weight());
        if (parts == null) {
            builder.field("blend", blend.form().spelling());
        } else {
            builder.field("blend", ComponentWeightsJson.write(parts, blend.form()));
        }
        if (blend.pivot() != null) {
            builder.field("pivot", blend.pivot());
        }
        return builder;
    }

    private static void writeIfPresent(XContentBuilder builder, String name, String value) throws IOException {
        if (value != null) {
            builder.field(name, value);
        }
    }
}
