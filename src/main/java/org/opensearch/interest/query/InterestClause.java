package org.opensearch.interest.query;

import org.opensearch.common.Nullable;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.ToXContentFragment;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.index.query.MatchAllQueryBuilder;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.QueryRewriteContext;
import org.opensearch.interest.ranking.Blend;
import org.opensearch.interest.tracking.Subject;

import java.io.IOException;
import java.util.Objects;

/**
 * What an {@code interest} query says, before anything is resolved. Immutable.
 *
 * @param query    selects, and gives the relevance
 * @param filter   restricts, and scores nothing; may be null
 * @param k        candidates per probe where candidates are retrieved; null for the default
 */
public record InterestClause(
    Subject subject,
    QueryBuilder query,
    Blend blend,
    Strategy strategy,
    @Nullable Integer k,
    @Nullable QueryBuilder filter
) implements Writeable, ToXContentFragment {
    private static final int MAX_K = 10_000;
    /** Interest seen through a catalogue's geometry walks a vector index badly: a hundred good hits need three hundred candidates. */
    private static final int DEFAULT_K = 300;

    public InterestClause {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(query, "query");
        Objects.requireNonNull(blend, "blend");
        Objects.requireNonNull(strategy, "strategy");
        if (k != null && (k < 1 || k > MAX_K)) {
            throw new IllegalArgumentException("[interest] [k] must be in [1," + MAX_K + "], but was [" + k + "]");
        }
    }

    /** Interest alone, over all documents. */
    public static InterestClause of(Subject subject) {
        return new InterestClause(subject, new MatchAllQueryBuilder(), new Blend(1f), Strategy.AUTO, null, null);
    }

    public InterestClause over(QueryBuilder inner, float weight) {
        return new InterestClause(subject, inner, new Blend(weight), strategy, k, filter);
    }

    int candidates() {
        return k == null ? DEFAULT_K : k;
    }

    InterestClause rewrite(QueryRewriteContext context) throws IOException {
        QueryBuilder newQuery = query.rewrite(context);
        QueryBuilder newFilter = filter == null ? null : filter.rewrite(context);
        return newQuery == query && newFilter == filter ? this : new InterestClause(subject, newQuery, blend, strategy, k, newFilter);
    }

    static InterestClause readFrom(StreamInput in) throws IOException {
        String tracker = in.readOptionalString();
        String user = in.readOptionalString();
        float[] vector = in.readBoolean() ? in.readFloatArray() : null;
        return new InterestClause(
            new Subject(tracker, user, vector, in.readOptionalString()),
            in.readNamedWriteable(QueryBuilder.class),
            new Blend(in.readFloat()),
            Strategy.parse(in.readString()),
            in.readOptionalVInt(),
            in.readOptionalNamedWriteable(QueryBuilder.class)
        );
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeOptionalString(subject.tracker());
        out.writeOptionalString(subject.user());
        out.writeBoolean(subject.vector() != null);
        if (subject.vector() != null) {
            out.writeFloatArray(subject.vector());
        }
        out.writeOptionalString(subject.field());
        out.writeNamedWriteable(query);
        out.writeFloat(blend.weight());
        out.writeString(strategy.spelling());
        out.writeOptionalVInt(k);
        out.writeOptionalNamedWriteable(filter);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        writePart(builder, "tracker", subject.tracker());
        writePart(builder, "user", subject.user());
        if (subject.vector() != null) {
            builder.array("vector", subject.vector());
        }
        writePart(builder, "field", subject.field());
        builder.field("query", query);
        builder.field("weight", blend.weight());
        builder.field("strategy", strategy.spelling());
        if (k != null) {
            builder.field("k", k);
        }
        if (filter != null) {
            builder.field("filter", filter);
        }
        return builder;
    }

    private static void writePart(XContentBuilder builder, String name, String value) throws IOException {
        if (value != null) {
            builder.field(name, value);
        }
    }
}
