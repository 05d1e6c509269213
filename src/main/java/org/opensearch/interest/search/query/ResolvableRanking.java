package org.opensearch.interest.search.query;

import org.opensearch.common.Nullable;
import org.opensearch.common.SetOnce;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.index.query.QueryRewriteContext;
import org.opensearch.index.query.QueryShardContext;
import org.opensearch.index.query.QueryShardException;
import org.opensearch.interest.cluster.resolve.ResolvedInterest;
import org.opensearch.interest.core.ranking.FieldWeights;
import org.opensearch.interest.core.ranking.InterestFunction;
import org.opensearch.interest.core.ranking.RelevanceBlend;
import org.opensearch.interest.engine.lucene.VectorField;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A ranking on its way from a name to numbers: as the user wrote it, while its tracker is being asked, and resolved.
 * The user is resolved once, in the first rewrite on the coordinating node; the shards receive the resolved function
 * and ask nobody. In between it holds a supplier and cannot be serialised. Immutable.
 */
public final class ResolvableRanking implements Writeable {
    private final InterestRanking ranking;
    @Nullable
    private final ResolvedInterest resolved;
    /** Set while the tracker is being asked. */
    @Nullable
    private final Supplier<ResolvedInterest> asked;

    private ResolvableRanking(InterestRanking ranking, ResolvedInterest resolved, Supplier<ResolvedInterest> asked) {
        this.ranking = Objects.requireNonNull(ranking, "ranking");
        this.resolved = resolved;
        this.asked = asked;
    }

    public static ResolvableRanking unresolved(InterestRanking ranking) {
        return new ResolvableRanking(ranking, null, null);
    }

    /** One that asks nobody. Shards are not told what the user's topics are called. */
    public static ResolvableRanking resolved(InterestRanking ranking, ResolvedInterest interest) {
        return new ResolvableRanking(ranking, interest.withoutTopics(), null);
    }

    public static ResolvableRanking readFrom(StreamInput in) throws IOException {
        return new ResolvableRanking(
            InterestRanking.readFrom(in), in.readOptionalWriteable(ResolvedInterest::readFrom), null
        );
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        if (asked != null) {
            throw new IllegalStateException(
                "[interest] cannot be sent while its tracker is being asked: rewriteAndFetch it first"
            );
        }
        ranking.writeTo(out);
        out.writeOptionalWriteable(resolved);
    }

    public InterestRanking ranking() {
        return ranking;
    }

    public RelevanceBlend blend() {
        return ranking.blend();
    }

    /**
     * One step towards the resolved form.
     *
     * @return this where nothing changes
     * @throws QueryShardException where only a tracker can tell the function, and this place cannot ask it
     */
    public ResolvableRanking rewrite(QueryRewriteContext context) {
        if (asked != null) {
            return asked.get() == null ? this : resolved(ranking, asked.get());
        }
        if (resolved != null || ranking.target().needsTracker() == false) {
            return this;
        }
        QueryShardContext shard = context.convertToShardContext();
        if (shard != null) {
            throw cannotAsk(shard);
        }
        SetOnce<ResolvedInterest> answer = new SetOnce<>();
        InterestResolver.ask(context, ranking.target(), ranking.parts(), answer::set);
        return new ResolvableRanking(ranking, null, answer::get);
    }

    /** @return how this shard's items are scored; null where nothing is known of the user */
    @Nullable
    public InterestFunction function(QueryShardContext context) {
        return resolved(context).function();
    }

    /** @return where this shard's items have their vectors, for a function that is known */
    public List<VectorField> fields(QueryShardContext context) {
        ResolvedInterest interest = resolved(context);
        FieldWeights fields = ranking.fields();
        if (fields == null) {
            return List.of(ItemField.require(context, interest.field(), 1f, interest.function()));
        }
        List<VectorField> found = new ArrayList<>();
        for (String name : fields.weights().keySet()) {
            found.add(ItemField.require(context, name, fields.share(name), interest.function()));
        }
        return found;
    }

    private ResolvedInterest resolved(QueryShardContext context) {
        if (resolved != null) {
            return resolved;
        }
        if (ranking.target().needsTracker()) {
            throw cannotAsk(context);
        }
        return InterestResolver.given(ranking.target());
    }

    private static QueryShardException cannotAsk(QueryShardContext context) {
        return new QueryShardException(
            context,
            "[interest] by [tracker] cannot be used here: its user is resolved when a search is rewritten, and this place never does; use "
                + "[vector] and [field]"
        );
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResolvableRanking that && ranking.equals(that.ranking)
            && Objects.equals(resolved, that.resolved) && asked == that.asked;
    }

    @Override
    public int hashCode() {
        return Objects.hash(ranking, resolved);
    }

    @Override
    public String toString() {
        return "ResolvableRanking[" + ranking.target() + (resolved == null ? "" : ", resolved") + "]";
    }
}
