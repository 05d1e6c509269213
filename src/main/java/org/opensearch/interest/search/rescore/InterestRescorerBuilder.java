package org.opensearch.interest.search.rescore;

import org.opensearch.core.common.ParsingException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.core.xcontent.XContentParser.Token;
import org.opensearch.index.query.QueryRewriteContext;
import org.opensearch.index.query.QueryShardContext;
import org.opensearch.interest.cluster.resolve.ResolvedInterest;
import org.opensearch.interest.core.ranking.InterestFunction;
import org.opensearch.interest.engine.lucene.WindowRescorer;
import org.opensearch.interest.search.query.InterestRanking;
import org.opensearch.interest.search.query.InterestRankingParser;
import org.opensearch.interest.search.query.ItemField;
import org.opensearch.interest.search.query.ResolvableRanking;
import org.opensearch.search.rescore.RescoreContext;
import org.opensearch.search.rescore.RescorerBuilder;

import java.io.IOException;
import java.util.Objects;

/**
 * {@code {"rescore":{"window_size":200,"interest":{"tracker":"shop","user":"u42","weight":0.4}}}}: the best hits of
 * whatever was searched, re-ranked by the user's interest. Blends as the {@code interest} query does, with the first
 * pass's score as relevance. An unknown user leaves the first pass untouched, and so does weight 0.
 */
public final class InterestRescorerBuilder extends RescorerBuilder<InterestRescorerBuilder> {
    public static final String NAME = "interest";
    private static final String KEYS = "[" + InterestRankingParser.KEYS + "]";

    private final ResolvableRanking ranking;

    public InterestRescorerBuilder(InterestRanking ranking) {
        this(ResolvableRanking.unresolved(ranking));
    }

    /** A rescorer whose user was resolved by the caller: a rewrite asks nobody. */
    public static InterestRescorerBuilder resolved(InterestRanking ranking, ResolvedInterest interest) {
        return new InterestRescorerBuilder(ResolvableRanking.resolved(ranking, interest));
    }

    private InterestRescorerBuilder(ResolvableRanking ranking) {
        this.ranking = Objects.requireNonNull(ranking, "ranking");
    }

    public InterestRescorerBuilder(StreamInput in) throws IOException {
        super(in);
        ranking = ResolvableRanking.readFrom(in);
    }

    /** @throws IllegalArgumentException for a negative one, which core lets through, and trips over on each shard */
    @Override
    public InterestRescorerBuilder windowSize(int hits) {
        if (hits < 0) {
            throw new IllegalArgumentException(
                "[interest] [window_size] of a rescorer must be at least [0], but was [" + hits + "]"
            );
        }
        return super.windowSize(hits);
    }

    @Override
    protected void doWriteTo(StreamOutput out) throws IOException {
        ranking.writeTo(out);
    }

    /** Strict: what it does not know, it refuses. */
    public static InterestRescorerBuilder fromXContent(XContentParser parser) throws IOException {
        InterestRankingParser body = new InterestRankingParser(parser);
        try {
            while (parser.nextToken() != Token.END_OBJECT) {
                String key = parser.currentName();
                parser.nextToken();
                if (body.read(key) == false) {
                    throw new IllegalArgumentException(
                        "[interest] unknown key [" + key + "] in a rescorer; allowed are " + KEYS
                    );
                }
            }
            return new InterestRescorerBuilder(body.build());
        } catch (IllegalArgumentException e) {
            throw new ParsingException(parser.getTokenLocation(), "{}", e, e.getMessage());
        }
    }

    @Override
    protected void doXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject(NAME);
        ranking.ranking().toXContent(builder, params);
        builder.endObject();
    }

    @Override
    public RescorerBuilder<InterestRescorerBuilder> rewrite(QueryRewriteContext context) {
        ResolvableRanking further = ranking.rewrite(context);
        if (further == ranking) {
            return this;
        }
        InterestRescorerBuilder rewritten = new InterestRescorerBuilder(further);
        return windowSize == null ? rewritten : rewritten.windowSize(windowSize);
    }

    @Override
    protected RescoreContext innerBuildContext(int windowSize, QueryShardContext context) {
        InterestFunction function = ranking.function(context);
        WindowRescorer rescorer = function == null ? null
            : new WindowRescorer(ranking.fields(context), function, ranking.blend(), ItemField.known(function));
        return new RescoreContext(windowSize, new InterestRescorer(rescorer));
    }

    @Override
    public String getWriteableName() {
        return NAME;
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other) && ranking.equals(((InterestRescorerBuilder) other).ranking);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), ranking);
    }
}
