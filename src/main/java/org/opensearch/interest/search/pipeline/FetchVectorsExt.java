package org.opensearch.interest.search.pipeline;

import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.search.SearchExtBuilder;

import java.io.IOException;
import java.util.Objects;

/** Asks the shards for the hits' vectors. The plugin's own: it cannot be written in a request's body. Immutable. */
public final class FetchVectorsExt extends SearchExtBuilder {
    public static final String NAME = "interest_vectors";

    private final String field;

    FetchVectorsExt(String field) {
        this.field = Objects.requireNonNull(field, "field");
    }

    public FetchVectorsExt(StreamInput in) throws IOException {
        this(in.readString());
    }

    /** The field of the item vectors, as the mapping calls it. */
    String field() {
        return field;
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeString(field);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        return builder.startObject(NAME).field("field", field).endObject();
    }

    @Override
    public String getWriteableName() {
        return NAME;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FetchVectorsExt that && field.equals(that.field);
    }

    @Override
    public int hashCode() {
        return field.hashCode();
    }
}
