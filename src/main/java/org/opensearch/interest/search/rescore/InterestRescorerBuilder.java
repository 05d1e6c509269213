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
 * Builder of {@code {"rescore":{"window_size":200,"interest":{"tracker":"shop","user":"u42","weight":0.4}}}}, which
 * re-ranks the best hits of any search by the user's interest. It blends as the {@code interest} query does, with the
 * first pass's score as relevance. An unknown user leaves the first pass unchanged, and so does weight 0.
 */
public final class InterestRescorerBuilder extends RescorerBuilder<InterestRescorerBuilder> {
    public static final String NAME = "interest";
    private static final String KEYS = "[" + InterestRankingParser.KEYS + "]";

    private final ResolvableRanking ranking;

    public InterestRescorerBuilder(InterestRanking ranking) {
        this(ResolvableRanking.unresolved(ranking));
    }

    /** Rescorer whose user the caller has resolved; a rewrite sends no request. */
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

    /** @throws IllegalArgumentException if the size is negative; core accepts that and then fails on each shard */
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

    /**
     * Reads a rescorer.
     *
     * @throws ParsingException if a key is unknown or a value is invalid
     */
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
        ResolvableRanking nextRanking = ranking.rewrite(context);
        if (nextRanking == ranking) {
            return this;
        }
        InterestRescorerBuilder rewritten = new InterestRescorerBuilder(nextRanking);
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
