package org.opensearch.interest.cluster.resolve;

import org.opensearch.common.Nullable;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.interest.cluster.engagement.BoostFormat;
import org.opensearch.interest.core.ranking.InterestFunction;
import org.opensearch.interest.core.ranking.NegativeTopic;
import org.opensearch.interest.core.ranking.PersonalFunction;
import org.opensearch.interest.core.ranking.ScoringDirection;
import org.opensearch.interest.core.ranking.SimilarityFunction;
import org.opensearch.interest.core.ranking.TopicShare;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a search needs to know of one user, worked out once on the coordinating node and sent to the shards.
 *
 * @param field    the field of the item vectors
 * @param function how items are scored; null where nothing is known of the user, and then the plain search stands
 * @param topics   how much of the user's interest each of the function's topics is, in their order; empty where nobody
 *                 asked
 */
public record ResolvedInterest(String field, @Nullable InterestFunction function, List<TopicShare> topics)
    implements
        Writeable {
    private static final byte NOBODY = 0;
    private static final byte SIMILARITY = 1;
    private static final byte PERSONAL = 2;

    public ResolvedInterest {
        Objects.requireNonNull(field, "field");
        topics = List.copyOf(topics);
    }

    /** For whoever ranks and does not show why. */
    public ResolvedInterest(String field, @Nullable InterestFunction function) {
        this(field, function, List.of());
    }

    /** What the shards need of it. */
    public ResolvedInterest withoutTopics() {
        return topics.isEmpty() ? this : new ResolvedInterest(field, function);
    }

    public static ResolvedInterest nobody(String field) {
        return new ResolvedInterest(field, null);
    }

    public Optional<InterestFunction> known() {
        return Optional.ofNullable(function);
    }

    public static ResolvedInterest readFrom(StreamInput in) throws IOException {
        String field = in.readString();
        byte form = in.readByte();
        return switch (form) {
            case NOBODY -> nobody(field);
            case SIMILARITY -> new ResolvedInterest(field, new SimilarityFunction(in.readFloatArray()));
            case PERSONAL -> new ResolvedInterest(
                field, readPersonal(in), in.readList(from -> new TopicShare(from.readStringList(), from.readDouble()))
            );
            default -> throw new IOException("unknown form of an interest function [" + form + "]");
        };
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeString(field);
        switch (function) {
            case null -> out.writeByte(NOBODY);
            case SimilarityFunction similarity -> {
                out.writeByte(SIMILARITY);
                out.writeFloatArray(similarity.direction());
            }
            case PersonalFunction personal -> {
                out.writeByte(PERSONAL);
                writeProbe(out, personal.dynamic());
                out.writeCollection(personal.topics(), ResolvedInterest::writeProbe);
                out.writeCollection(personal.negativeTopics(), (to, negativeTopic) -> {
                    writeProbe(to, negativeTopic.probe());
                    to.writeFloat(negativeTopic.self());
                    to.writeFloat(negativeTopic.strength());
                });
                out.writeFloat(personal.confidence());
                BoostFormat.write(out, personal.boosts());
                out.writeCollection(topics, (to, topic) -> {
                    to.writeStringCollection(topic.label());
                    to.writeDouble(topic.share());
                });
            }
        }
    }

    private static PersonalFunction readPersonal(StreamInput in) throws IOException {
        ScoringDirection dynamic = readProbe(in);
        List<ScoringDirection> topics = in.readList(ResolvedInterest::readProbe);
        List<NegativeTopic> negativeTopics = in
            .readList(from -> new NegativeTopic(readProbe(from), from.readFloat(), from.readFloat()));
        return new PersonalFunction(dynamic, topics, negativeTopics, in.readFloat(), BoostFormat.readParts(in));
    }

    private static ScoringDirection readProbe(StreamInput in) throws IOException {
        return new ScoringDirection(in.readFloatArray(), in.readFloat(), in.readFloat());
    }

    private static void writeProbe(StreamOutput out, ScoringDirection probe) throws IOException {
        out.writeFloatArray(probe.direction());
        out.writeFloat(probe.bias());
        out.writeFloat(probe.share());
    }
}
