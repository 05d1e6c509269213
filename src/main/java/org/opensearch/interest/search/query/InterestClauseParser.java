package org.opensearch.interest.search.query;

import org.opensearch.core.common.ParsingException;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.core.xcontent.XContentParser.Token;
import org.opensearch.index.query.AbstractQueryBuilder;
import org.opensearch.index.query.MatchAllQueryBuilder;
import org.opensearch.index.query.QueryBuilder;

import java.io.IOException;

/** Reads the body of an {@code interest} query. Strict: what it does not know, it refuses. One use, one thread. */
final class InterestClauseParser {
    private static final String KEYS = "[" + InterestRankingParser.KEYS + ", query, strategy, k, filter, boost, _name]";

    private final XContentParser parser;
    private final InterestRankingParser ranking;
    private QueryBuilder query = new MatchAllQueryBuilder();
    private Strategy strategy = Strategy.AUTO;
    private Integer k;
    private QueryBuilder filter;
    private float boost = AbstractQueryBuilder.DEFAULT_BOOST;
    private String name;

    private InterestClauseParser(XContentParser parser) {
        this.parser = parser;
        this.ranking = new InterestRankingParser(parser);
    }

    static InterestQueryBuilder parse(XContentParser parser) throws IOException {
        InterestClauseParser body = new InterestClauseParser(parser);
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
        return new InterestQueryBuilder(new InterestClause(ranking.build(), query, strategy, k, filter)).boost(boost).queryName(name);
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
