package org.opensearch.interest.search.query;

import org.opensearch.common.Nullable;
import org.opensearch.core.common.ParsingException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.ToXContentFragment;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.core.xcontent.XContentParser.Token;
import org.opensearch.index.query.AbstractQueryBuilder;
import org.opensearch.index.query.MatchAllQueryBuilder;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.QueryRewriteContext;
import org.opensearch.interest.core.ranking.RelevanceBlend;
import org.opensearch.interest.core.tracking.RankingTarget;

import java.io.IOException;
import java.util.Objects;

/**
 * Body of an {@code interest} query, before the user is resolved. Immutable.
 *
 * @param query  selects documents and gives the relevance
 * @param filter restricts the documents without scoring; may be null
 * @param k      the number of candidates per probe if candidates are retrieved; null for the default
 */
public record InterestClause(
    InterestRanking ranking,
    QueryBuilder query,
    Strategy strategy,
    @Nullable Integer k,
    @Nullable QueryBuilder filter
) implements ToXContentFragment {
    private static final int MAX_K = 10_000;
    /**
     * Directions that were transformed by a catalogue's geometry walk a vector index badly: a hundred good hits need
     * three hundred candidates.
     */
    private static final int DEFAULT_K = 300;

    public InterestClause {
        Objects.requireNonNull(ranking, "ranking");
        Objects.requireNonNull(query, "query");
        Objects.requireNonNull(strategy, "strategy");
        if (k != null && (k < 1 || k > MAX_K)) {
            throw new IllegalArgumentException("[interest] [k] must be in [1," + MAX_K + "], but was [" + k + "]");
        }
    }

    /** Clause that ranks all documents by interest alone. */
    public static InterestClause of(RankingTarget target) {
        return new InterestClause(
            new InterestRanking(target, null, new RelevanceBlend(1f)), new MatchAllQueryBuilder(), Strategy.AUTO, null,
            null
        );
    }

    public InterestClause over(QueryBuilder inner, float weight) {
        InterestRanking weighted = new InterestRanking(
            ranking.target(), ranking.fields(), ranking.blend().withWeight(weight), ranking.parts()
        );
        return new InterestClause(weighted, inner, strategy, k, filter);
    }

    /** Reads the body of an {@code interest} query. The parser is strict: it refuses an unknown key. */
    static InterestQueryBuilder parse(XContentParser parser) throws IOException {
        Body body = new Body(parser);
        try {
            while (parser.nextToken() != Token.END_OBJECT) {
                String key = parser.currentName();
                parser.nextToken();
                body.read(key);
            }
            return body.build();
        } catch (IllegalArgumentException e) {
            throw new ParsingException(parser.getTokenLocation(), "{}", e, e.getMessage());
        }
    }

    int candidates() {
        return k == null ? DEFAULT_K : k;
    }

    InterestClause rewrite(QueryRewriteContext context) throws IOException {
        QueryBuilder newQuery = query.rewrite(context);
        QueryBuilder newFilter = filter == null ? null : filter.rewrite(context);
        return newQuery == query && newFilter == filter ? this
            : new InterestClause(ranking, newQuery, strategy, k, newFilter);
    }

    static InterestClause readFrom(InterestRanking ranking, StreamInput in) throws IOException {
        return new InterestClause(
            ranking, in.readNamedWriteable(QueryBuilder.class), Strategy.parse(in.readString()), in.readOptionalVInt(),
            in.readOptionalNamedWriteable(QueryBuilder.class)
        );
    }

    /** Writes all but the ranking, which {@link ResolvableRanking} writes in its resolved form. */
    void writeTo(StreamOutput out) throws IOException {
        out.writeNamedWriteable(query);
        out.writeString(strategy.spelling());
        out.writeOptionalVInt(k);
        out.writeOptionalNamedWriteable(filter);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        ranking.toXContent(builder, params);
        builder.field("query", query);
        builder.field("strategy", strategy.spelling());
        if (k != null) {
            builder.field("k", k);
        }
        if (filter != null) {
            builder.field("filter", filter);
        }
        return builder;
    }

    /** Reads the body of an {@code interest} query and refuses unknown keys. One use, one thread. */
    private static final class Body {
        private static final String KEYS = "[" + InterestRankingParser.KEYS
            + ", query, strategy, k, filter, boost, _name]";

        private final XContentParser parser;
        private final InterestRankingParser ranking;
        private QueryBuilder query = new MatchAllQueryBuilder();
        private Strategy strategy = Strategy.AUTO;
        private Integer k;
        private QueryBuilder filter;
        private float boost = AbstractQueryBuilder.DEFAULT_BOOST;
        private String name;

        private Body(XContentParser parser) {
            this.parser = parser;
            this.ranking = new InterestRankingParser(parser);
        }

        private void read(String key) throws IOException {
            switch (key) {
                case "query" -> query = clause(key);
                case "strategy" -> strategy = Strategy.parse(ranking.string(key));
                case "k" -> k = wholeNumber(key);
                case "filter" -> filter = clause(key);
                case "boost" -> boost = ranking.number(key);
                case "_name" -> name = ranking.string(key);
                default -> {
                    if (ranking.read(key) == false) {
                        throw new IllegalArgumentException("[interest] unknown key [" + key + "]; allowed are " + KEYS);
                    }
                }
            }
        }

        private InterestQueryBuilder build() {
            return new InterestQueryBuilder(new InterestClause(ranking.build(), query, strategy, k, filter))
                .boost(boost)
                .queryName(name);
        }

        private int wholeNumber(String key) throws IOException {
            if (parser.currentToken() != Token.VALUE_NUMBER) {
                throw ranking.refused(key, "a whole number");
            }
            double number = parser.doubleValue();
            if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
                throw ranking.refused(key, "a whole number");
            }
            return (int) number;
        }

        private QueryBuilder clause(String key) throws IOException {
            if (parser.currentToken() != Token.START_OBJECT) {
                throw ranking.refused(key, "a query");
            }
            return AbstractQueryBuilder.parseInnerQueryBuilder(parser);
        }
    }
}
