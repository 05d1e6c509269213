package org.opensearch.interest.onnx;

import org.opensearch.common.xcontent.json.JsonXContent;
import org.opensearch.core.xcontent.DeprecationHandler;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.core.xcontent.XContentParser.Token;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The largest id that a tokenizer can give a token: a network that does not know it was made for another tokenizer. */
final class Vocabulary {
    private Vocabulary() {}

    /** −1 where the file lists no tokens. */
    static long largestId(Path file) throws IOException {
        try (
            InputStream in = Files.newInputStream(file);
            XContentParser json = JsonXContent.jsonXContent.createParser(NamedXContentRegistry.EMPTY, DeprecationHandler.IGNORE_DEPRECATIONS, in)
        ) {
            long largest = -1;
            json.nextToken();
            while (json.nextToken() == Token.FIELD_NAME) {
                String key = json.currentName();
                Token value = json.nextToken();
                if (key.equals("added_tokens") && value == Token.START_ARRAY) {
                    while (json.nextToken() == Token.START_OBJECT) {
                        largest = Math.max(largest, ofAddedToken(json));
                    }
                } else if (key.equals("model") && value == Token.START_OBJECT) {
                    largest = Math.max(largest, ofModel(json));
                } else {
                    json.skipChildren();
                }
            }
            return largest;
        }
    }

    private static long ofAddedToken(XContentParser json) throws IOException {
        long id = -1;
        while (json.nextToken() == Token.FIELD_NAME) {
            boolean isId = json.currentName().equals("id");
            Token value = json.nextToken();
            if (isId && value == Token.VALUE_NUMBER) {
                id = json.longValue();
            } else {
                json.skipChildren();
            }
        }
        return id;
    }

    /** An object of tokens and ids, or a list whose places are the ids. */
    private static long ofModel(XContentParser json) throws IOException {
        long largest = -1;
        while (json.nextToken() == Token.FIELD_NAME) {
            boolean vocabulary = json.currentName().equals("vocab");
            Token value = json.nextToken();
            if (vocabulary && value == Token.START_OBJECT) {
                while (json.nextToken() == Token.FIELD_NAME) {
                    if (json.nextToken() == Token.VALUE_NUMBER) {
                        largest = Math.max(largest, json.longValue());
                    }
                }
            } else if (vocabulary && value == Token.START_ARRAY) {
                while (json.nextToken() == Token.START_ARRAY) {
                    json.skipChildren();
                    largest++;
                }
            } else {
                json.skipChildren();
            }
        }
        return largest;
    }
}
