package org.opensearch.interest.cluster.resolve;

import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;

import java.io.IOException;
import java.util.Objects;

/**
 * Which page of a search's results somebody asks for, as far as it matters to what their interests are.
 *
 * @param search what all pages of one search have in common, and other searches of the same user have not
 * @param first  whether it is the first page, which sees the interests of the moment
 */
public record ResultPage(String search, boolean first) implements Writeable {
    public ResultPage {
        Objects.requireNonNull(search, "search");
    }

    static ResultPage readFrom(StreamInput in) throws IOException {
        return new ResultPage(in.readString(), in.readBoolean());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeString(search);
        out.writeBoolean(first);
    }
}
