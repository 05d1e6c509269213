package org.opensearch.interest.search.query;

import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.core.xcontent.XContentParser.Token;
import org.opensearch.interest.core.json.JsonObjectReader;
import org.opensearch.interest.core.ranking.ComponentWeights;
import org.opensearch.interest.core.ranking.FieldWeights;
import org.opensearch.interest.core.ranking.RelevanceBlend;
import org.opensearch.interest.core.tracking.ComponentWeightsJson;
import org.opensearch.interest.core.tracking.RankingTarget;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads, key by key, the common part of {@code interest} queries and rescorers. One use, one thread. */
public final class InterestRankingParser {
    /** Keys that {@link #read} accepts. */
    public static final String KEYS = "tracker, user, vector, field, fields, weight, blend, pivot";

    private final XContentParser parser;
    private String tracker;
    private String user;
    private float[] vector;
    private String field;
    private FieldWeights fields;
    private float weight = 1f;
    private RelevanceBlend.Form form = RelevanceBlend.Form.GEOMETRIC;
    private Float pivot;
    private ComponentWeights parts;

    public InterestRankingParser(XContentParser parser) {
        this.parser = parser;
    }

    /**
     * Reads one key. The parser must be at the key's value.
     *
     * @return false if the key is none of {@link #KEYS}; nothing is read then
     */
    public boolean read(String key) throws IOException {
        switch (key) {
            case "tracker" -> tracker = string(key);
            case "user" -> user = string(key);
            case "vector" -> vector = vector();
            case "field" -> field = string(key);
            case "fields" -> fields = fields();
            case "weight" -> weight = weight();
            case "blend" -> blend(key);
            case "pivot" -> pivot = number(key);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** @throws IllegalArgumentException if the keys that were read contradict each other */
    public InterestRanking build() {
        if (field != null && fields != null) {
            throw new IllegalArgumentException("[interest] takes [field] or [fields], but has both");
        }
        RankingTarget target = new RankingTarget(tracker, user, vector, fields == null ? field : fields.first());
        return new InterestRanking(target, fields, new RelevanceBlend(form, weight, pivot), parts);
    }

    /**
     * Reads either the form of the blend of relevance and interest, or an object that holds component weights as well.
     */
    private void blend(String key) throws IOException {
        if (parser.currentToken() != Token.START_OBJECT) {
            if (parser.currentToken() != Token.VALUE_STRING) {
                throw refused(key, "one of [geometric, saturation, multiplicative], or an object of component weights");
            }
            form = RelevanceBlend.Form.parse(string(key));
            return;
        }
        JsonObjectReader json = new JsonObjectReader("interest query or rescorer", Map.of(key, parser.map()));
        form = RelevanceBlend.Form.parse(json.object(key).optionalString("form", form.spelling()));
        parts = ComponentWeightsJson.read(json.object(key));
        json.done();
    }

    String string(String key) throws IOException {
        // Ids are often numbers.
        if (parser.currentToken() != Token.VALUE_STRING && parser.currentToken() != Token.VALUE_NUMBER) {
            throw refused(key, "a string");
        }
        return parser.text();
    }

    float number(String key) throws IOException {
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

    private FieldWeights fields() throws IOException {
        Map<String, Float> weights = new LinkedHashMap<>();
        if (parser.currentToken() == Token.START_OBJECT) {
            while (parser.nextToken() != Token.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                weights.put(name, number("fields." + name));
            }
        } else if (parser.currentToken() == Token.START_ARRAY) {
            while (parser.nextToken() != Token.END_ARRAY) {
                weights.put(string("fields"), 1f);
            }
        } else {
            throw refused("fields", "an object of fields and their weights, or an array of fields");
        }
        return new FieldWeights(weights);
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

    IllegalArgumentException refused(String key, String allowed) throws IOException {
        String seen = switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            default -> "[" + parser.textOrNull() + "]";
        };
        return new IllegalArgumentException("[interest] [" + key + "] must be " + allowed + ", but was " + seen);
    }
}
