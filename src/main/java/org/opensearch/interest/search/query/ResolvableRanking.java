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
 * Ranking in one of three states: as the user wrote it, waiting for its tracker, or resolved. The user is resolved
 * once, in the first rewrite on the coordinating node. The shards receive the resolved function and send no requests. A
 * waiting ranking holds a supplier and cannot be serialised. Immutable.
 */
public final class ResolvableRanking implements Writeable {
    private final InterestRanking ranking;
    @Nullable
    private final ResolvedInterest resolved;
    /** Supplies the answer, or null until it arrives; set only while the ranking waits for its tracker. */
    @Nullable
    private final Supplier<ResolvedInterest> waiting;

    private ResolvableRanking(InterestRanking ranking, ResolvedInterest resolved, Supplier<ResolvedInterest> waiting) {
        this.ranking = Objects.requireNonNull(ranking, "ranking");
        this.resolved = resolved;
        this.waiting = waiting;
    }

    public static ResolvableRanking unresolved(InterestRanking ranking) {
        return new ResolvableRanking(ranking, null, null);
    }

    /** Ranking that sends no request. The labels of the user's topics are removed, because shards do not need them. */
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
        if (waiting != null) {
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
     * Takes one step towards the resolved form.
     *
     * @return this ranking if nothing changes
     * @throws QueryShardException if the function needs a tracker, and a tracker cannot be asked on a shard
     */
    public ResolvableRanking rewrite(QueryRewriteContext context) {
        if (waiting != null) {
            return waiting.get() == null ? this : resolved(ranking, waiting.get());
        }
        if (resolved != null || ranking.target().needsTracker() == false) {
            return this;
        }
        QueryShardContext shard = context.convertToShardContext();
        if (shard != null) {
            throw cannotResolve(shard);
        }
        SetOnce<ResolvedInterest> answer = new SetOnce<>();
        InterestResolver.ask(context, ranking.target(), ranking.parts(), answer::set);
        return new ResolvableRanking(ranking, null, answer::get);
    }

    /** @return the function that scores this shard's items; null if nothing is known of the user */
    @Nullable
    public InterestFunction function(QueryShardContext context) {
        return resolved(context).function();
    }

    /** @return the vector fields of this shard's items; requires a function that is not null */
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
            throw cannotResolve(context);
        }
        return InterestResolver.given(ranking.target());
    }

    private static QueryShardException cannotResolve(QueryShardContext context) {
        return new QueryShardException(
            context,
            "[interest] by [tracker] cannot be used here: its user is resolved in the rewrite of a search, which does not happen here; use "
                + "[vector] and [field]"
        );
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResolvableRanking that && ranking.equals(that.ranking)
            && Objects.equals(resolved, that.resolved) && waiting == that.waiting;
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
