package org.opensearch.interest.cluster.resolve;

import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;

import java.io.IOException;
import java.util.Objects;

/**
 * Identifies a page of a search's results, so that all pages of a search use the same interests.
 *
 * @param search a value shared by all pages of one search and by no other search of the same user
 * @param first  whether it is the first page, which uses the current interests
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
