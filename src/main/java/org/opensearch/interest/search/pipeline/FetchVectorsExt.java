package org.opensearch.interest.search.pipeline;

import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.search.SearchExtBuilder;

import java.io.IOException;
import java.util.Objects;

/** Request to the shards for the hits' vectors. Internal to the plugin: a request body cannot contain it. Immutable. */
public final class FetchVectorsExt extends SearchExtBuilder {
    public static final String NAME = "interest_vectors";

    private final String field;

    FetchVectorsExt(String field) {
        this.field = Objects.requireNonNull(field, "field");
    }

    public FetchVectorsExt(StreamInput in) throws IOException {
        this(in.readString());
    }

    /** Returns the mapping's name of the item vectors' field. */
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
