package org.opensearch.interest.search.mapper;

import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.index.mapper.MapperParsingException;

import java.io.IOException;

/** Reads a vector from a JSON array of numbers. */
final class VectorValueParser {
    private VectorValueParser() {}

    /**
     * Reads the array and leaves the parser at its end.
     *
     * @throws MapperParsingException unless the array holds exactly {@code dimension} finite numbers
     */
    static float[] parse(XContentParser parser, String field, int dimension) throws IOException {
        if (parser.currentToken() != XContentParser.Token.START_ARRAY) {
            throw refused(field, dimension, "it was " + seen(parser));
        }
        float[] vector = new float[dimension];
        int size = 0;
        while (parser.nextToken() != XContentParser.Token.END_ARRAY) {
            if (parser.currentToken() != XContentParser.Token.VALUE_NUMBER) {
                throw refused(field, dimension, "element [" + size + "] was " + seen(parser));
            }
            float number = parser.floatValue();
            if (Float.isFinite(number) == false) {
                throw refused(field, dimension, "element [" + size + "] was " + seen(parser));
            }
            if (size < dimension) {
                vector[size] = number;
            }
            size++;
        }
        if (size != dimension) {
            throw refused(field, dimension, "there were [" + size + "]");
        }
        return vector;
    }

    private static MapperParsingException refused(String field, int dimension, String seen) {
        return new MapperParsingException(
            "[interest] field [" + field + "] must be an array of [" + dimension + "] finite numbers, but " + seen
        );
    }

    private static String seen(XContentParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER, VALUE_BOOLEAN -> "[" + parser.text() + "]";
            case VALUE_STRING -> "the string [" + shortened(parser.text()) + "]";
            case VALUE_NULL -> "[null]";
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            default -> "[" + parser.currentToken() + "]";
        };
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
