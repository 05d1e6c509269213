package org.opensearch.interest.query;

import org.opensearch.core.common.ParsingException;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.core.xcontent.XContentParser.Token;
import org.opensearch.index.query.AbstractQueryBuilder;
import org.opensearch.index.query.MatchAllQueryBuilder;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.interest.ranking.Blend;
import org.opensearch.interest.tracking.Subject;

import java.io.IOException;
import java.util.Arrays;

/** Reads the body of an {@code interest} query. Strict: what it does not know, it refuses. One use, one thread. */
final class InterestClauseParser {
    private static final String KEYS = "[tracker, user, vector, field, query, weight, strategy, k, filter, boost, _name]";

    private final XContentParser parser;
    private String tracker;
    private String user;
    private float[] vector;
    private String field;
    private QueryBuilder query = new MatchAllQueryBuilder();
    private float weight = 1f;
    private Strategy strategy = Strategy.AUTO;
    private Integer k;
    private QueryBuilder filter;
    private float boost = AbstractQueryBuilder.DEFAULT_BOOST;
    private String name;

    private InterestClauseParser(XContentParser parser) {
        this.parser = parser;
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
            case "tracker" -> tracker = string(key);
            case "user" -> user = string(key);
            case "vector" -> vector = vector();
            case "field" -> field = string(key);
            case "query" -> query = clause(key);
            case "weight" -> weight = weight();
            case "strategy" -> strategy = Strategy.parse(string(key));
            case "k" -> k = wholeNumber(key);
            case "filter" -> filter = clause(key);
            case "boost" -> boost = number(key);
            case "_name" -> name = string(key);
            default -> throw new IllegalArgumentException("[interest] unknown key [" + key + "]; allowed are " + KEYS);
        }
    }

    private InterestQueryBuilder build() {
        Subject subject = new Subject(tracker, user, vector, field);
        return new InterestQueryBuilder(new InterestClause(subject, query, new Blend(weight), strategy, k, filter)).boost(boost).queryName(name);
    }

    private String string(String key) throws IOException {
        // ids are often numbers
        if (parser.currentToken() != Token.VALUE_STRING && parser.currentToken() != Token.VALUE_NUMBER) {
            throw refused(key, "a string");
        }
        return parser.text();
    }

    private float number(String key) throws IOException {
        if (parser.currentToken() != Token.VALUE_NUMBER) {
            throw refused(key, "a number");
        }
        return parser.floatValue();
    }

    private float weight() throws IOException {
        float number = number("weight");
        if ((number >= 0f && number <= 1f) == false) {
            throw refused("weight", "a number in [0,1]");
        }
        return number;
    }

    private int wholeNumber(String key) throws IOException {
        if (parser.currentToken() != Token.VALUE_NUMBER) {
            throw refused(key, "a whole number");
        }
        double number = parser.doubleValue();
        if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
            throw refused(key, "a whole number");
        }
        return (int) number;
    }

    private QueryBuilder clause(String key) throws IOException {
        if (parser.currentToken() != Token.START_OBJECT) {
            throw refused(key, "a query");
        }
        return AbstractQueryBuilder.parseInnerQueryBuilder(parser);
    }

    private float[] vector() throws IOException {
        if (parser.currentToken() != Token.START_ARRAY) {
            throw refused("vector", "an array of numbers");
        }
        float[] numbers = new float[384];
        int size = 0;
        while (parser.nextToken() != Token.END_ARRAY) {
            if (parser.currentToken() != Token.VALUE_NUMBER) {
                throw refused("vector", "an array of numbers");
            }
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * size);
            }
            numbers[size++] = parser.floatValue();
        }
        return Arrays.copyOf(numbers, size);
    }

    private IllegalArgumentException refused(String key, String allowed) throws IOException {
        String seen = switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            default -> "[" + parser.textOrNull() + "]";
        };
        return new IllegalArgumentException("[interest] [" + key + "] must be " + allowed + ", but was " + seen);
    }
}
