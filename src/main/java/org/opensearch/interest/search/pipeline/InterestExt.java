package org.opensearch.interest.search.pipeline;

import org.opensearch.action.search.SearchRequest;
import org.opensearch.common.Nullable;
import org.opensearch.core.common.ParsingException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.interest.core.embedding.TextRules;
import org.opensearch.interest.core.json.JsonObjectReader;
import org.opensearch.interest.core.tracking.RankingTarget;
import org.opensearch.search.SearchExtBuilder;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The user that a search is for: {@code "ext":{"interest":{"user":"u42"}}}. Only the processors of this plugin read it;
 * without one of them in the pipeline it has no effect. Immutable; every field may be null.
 */
public final class InterestExt extends SearchExtBuilder {
    public static final String NAME = "interest";

    private final String user;
    private final float[] vector;
    private final String tracker;
    private final Float weight;
    private final String queryText;
    private final List<String> interleave;

    /**
     * @param user       1 to 512 bytes of UTF-8 without control characters
     * @param vector     instead of a user; finite and not zero
     * @param tracker    overrides the pipeline's tracker
     * @param weight     in [0,1], overrides the pipeline's weight
     * @param queryText  the text that the user typed, for queries that do not contain it
     * @param interleave two different variants of the tracker's experiment to show in one list; excludes a weight
     */
    public InterestExt(
        @Nullable String user, @Nullable float[] vector, @Nullable String tracker, @Nullable Float weight,
        @Nullable String queryText, @Nullable List<String> interleave
    ) {
        if (user != null || vector != null) {
            // validates the three values; the pipeline may name the tracker later, so any name serves here
            new RankingTarget(tracker == null ? "any" : tracker, user, vector, null);
        }
        if (queryText != null) {
            TextRules.require("query_text", queryText);
        }
        if (interleave != null && (user == null || weight != null)) {
            throw new IllegalArgumentException(
                "[interest] [interleave] of ext.interest needs [user] and goes without [weight], but there is "
                    + (user == null ? "no user" : "[" + weight + "]")
            );
        }
        if (interleave != null && (interleave.size() != 2 || interleave.get(0).equals(interleave.get(1)))) {
            throw new IllegalArgumentException(
                "[interest] [interleave] of ext.interest must be a list of two different variants, but was "
                    + interleave
            );
        }
        this.user = user;
        this.vector = vector;
        this.tracker = tracker;
        this.weight = weight;
        this.queryText = queryText;
        this.interleave = interleave == null ? null : List.copyOf(interleave);
    }

    public InterestExt(StreamInput in) throws IOException {
        this(
            in.readOptionalString(), in.readBoolean() ? in.readFloatArray() : null, in.readOptionalString(),
            in.readBoolean() ? in.readFloat() : null, in.readOptionalString(), in.readOptionalStringList()
        );
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeOptionalString(user);
        out.writeBoolean(vector != null);
        if (vector != null) {
            out.writeFloatArray(vector);
        }
        out.writeOptionalString(tracker);
        out.writeBoolean(weight != null);
        if (weight != null) {
            out.writeFloat(weight);
        }
        out.writeOptionalString(queryText);
        out.writeOptionalStringCollection(interleave);
    }

    /** Parses the object strictly: rejects unknown keys. */
    public static InterestExt fromXContent(XContentParser parser) throws IOException {
        try {
            if (parser.currentToken() != null && parser.currentToken() != XContentParser.Token.START_OBJECT) {
                throw new IllegalArgumentException(
                    "[interest] [ext.interest] must be an object, but was [" + parser.textOrNull() + "]"
                );
            }
            JsonObjectReader json = new JsonObjectReader("ext.interest", parser.mapOrdered());
            OptionalDouble weight = json.number("weight", 0, 1);
            InterestExt ext = new InterestExt(
                id(json, "user"), json.floats("vector"), json.optionalString("tracker", null),
                weight.isPresent() ? (Float) (float) weight.getAsDouble() : null,
                json.optionalString("query_text", null), json.strings("interleave")
            );
            json.done();
            return ext;
        } catch (IllegalArgumentException e) {
            throw new ParsingException(parser.getTokenLocation(), "{}", e, e.getMessage());
        }
    }

    /** Reads an id, which may be a JSON number. */
    private static String id(JsonObjectReader json, String key) {
        return json.has(key) && json.value(key) instanceof Number number ? number.toString()
            : json.optionalString(key, null);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject(NAME);
        write(builder, "user", user);
        if (vector != null) {
            builder.array("vector", vector);
        }
        write(builder, "tracker", tracker);
        write(builder, "weight", weight);
        write(builder, "query_text", queryText);
        write(builder, "interleave", interleave);
        return builder.endObject();
    }

    private static void write(XContentBuilder builder, String name, Object value) throws IOException {
        if (value != null) {
            builder.field(name, value);
        }
    }

    /** Returns the {@code ext.interest} of a request; null if there is none. */
    @Nullable
    static InterestExt of(SearchRequest request) {
        if (request.source() == null || request.source().ext() == null) {
            return null;
        }
        for (SearchExtBuilder ext : request.source().ext()) {
            if (ext instanceof InterestExt interest) {
                return interest;
            }
        }
        return null;
    }

    /** True if it contains a user or a vector to rank by. */
    boolean hasTarget() {
        return user != null || vector != null;
    }

    /** @param fallback the pipeline's tracker; null if it has none */
    String tracker(String fallback) {
        return tracker == null ? fallback : tracker;
    }

    RankingTarget target(String byTracker) {
        return new RankingTarget(byTracker, user, vector, null);
    }

    float weight(float fallback) {
        return weight == null ? fallback : weight;
    }

    /** True if the search sets its own weight, which excludes it from experiments. */
    boolean hasWeight() {
        return weight != null;
    }

    /** Returns the two variants to interleave; null if the search names none. */
    @Nullable
    List<String> interleave() {
        return interleave;
    }

    String user() {
        return user;
    }

    String queryText() {
        return queryText;
    }

    @Override
    public String getWriteableName() {
        return NAME;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InterestExt that && Objects.equals(user, that.user)
            && Arrays.equals(vector, that.vector) && Objects.equals(tracker, that.tracker)
            && Objects.equals(weight, that.weight) && Objects.equals(queryText, that.queryText)
            && Objects.equals(interleave, that.interleave);
    }

    @Override
    public int hashCode() {
        return 31 * Objects.hash(user, tracker, weight, queryText, interleave) + Arrays.hashCode(vector);
    }
}
