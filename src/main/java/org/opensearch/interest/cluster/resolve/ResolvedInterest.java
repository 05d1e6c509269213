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
 * Interests of one user as a search needs them, computed once on the coordinating node and sent to the shards.
 *
 * @param field    the field of the item vectors
 * @param function scores items; null if nothing is known of the user: the search is then not personalised
 * @param topics   share of the user's interest in each of the function's topics, in their order; empty if not requested
 */
public record ResolvedInterest(String field, @Nullable InterestFunction function, List<TopicShare> topics)
    implements
        Writeable {
    private static final byte UNKNOWN_USER = 0;
    private static final byte SIMILARITY = 1;
    private static final byte PERSONAL = 2;

    public ResolvedInterest {
        Objects.requireNonNull(field, "field");
        topics = List.copyOf(topics);
    }

    /** Creates an interest without topic shares, for callers that rank but do not explain. */
    public ResolvedInterest(String field, @Nullable InterestFunction function) {
        this(field, function, List.of());
    }

    /** Returns the interest without its topic shares, which shards do not need. */
    public ResolvedInterest withoutTopics() {
        return topics.isEmpty() ? this : new ResolvedInterest(field, function);
    }

    /** Returns the interest of an unknown user: a search with it is not personalised. */
    public static ResolvedInterest unknownUser(String field) {
        return new ResolvedInterest(field, null);
    }

    public Optional<InterestFunction> known() {
        return Optional.ofNullable(function);
    }

    public static ResolvedInterest readFrom(StreamInput in) throws IOException {
        String field = in.readString();
        byte form = in.readByte();
        return switch (form) {
            case UNKNOWN_USER -> unknownUser(field);
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
            case null -> out.writeByte(UNKNOWN_USER);
            case SimilarityFunction similarity -> {
                out.writeByte(SIMILARITY);
                out.writeFloatArray(similarity.direction());
            }
            case PersonalFunction personal -> {
                out.writeByte(PERSONAL);
                writeDirection(out, personal.dynamic());
                out.writeCollection(personal.topics(), ResolvedInterest::writeDirection);
                out.writeCollection(personal.negativeTopics(), (to, negativeTopic) -> {
                    writeDirection(to, negativeTopic.probe());
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
        ScoringDirection dynamic = readDirection(in);
        List<ScoringDirection> topics = in.readList(ResolvedInterest::readDirection);
        List<NegativeTopic> negativeTopics = in
            .readList(from -> new NegativeTopic(readDirection(from), from.readFloat(), from.readFloat()));
        return new PersonalFunction(dynamic, topics, negativeTopics, in.readFloat(), BoostFormat.readBoosts(in));
    }

    private static ScoringDirection readDirection(StreamInput in) throws IOException {
        return new ScoringDirection(in.readFloatArray(), in.readFloat(), in.readFloat());
    }

    private static void writeDirection(StreamOutput out, ScoringDirection direction) throws IOException {
        out.writeFloatArray(direction.direction());
        out.writeFloat(direction.bias());
        out.writeFloat(direction.share());
    }
}
