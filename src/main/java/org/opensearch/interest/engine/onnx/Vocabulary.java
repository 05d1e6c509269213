package org.opensearch.interest.engine.onnx;

import org.opensearch.common.xcontent.json.JsonXContent;
import org.opensearch.core.xcontent.DeprecationHandler;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.core.xcontent.XContentParser.Token;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The numbers that a tokenizer's file gives its tokens. Read as a stream. */
final class Vocabulary {
    /** Told of every token, those that were added to the vocabulary first. */
    private interface Reader {
        void token(String text, long id);
    }

    private Vocabulary() {}

    /**
     * The largest number that it can give a token; −1 where it lists none. A network that does not know it was made for
     * another tokenizer.
     */
    static long largestId(Path file) throws IOException {
        long[] largest = { -1 };
        read(file, (text, id) -> largest[0] = Math.max(largest[0], id));
        return largest[0];
    }

    /** −1 where there is no such token. */
    static long idOf(Path file, String wanted) throws IOException {
        long[] found = { -1 };
        read(file, (text, id) -> found[0] = text.equals(wanted) ? id : found[0]);
        return found[0];
    }

    private static void read(Path file, Reader reader) throws IOException {
        try (InputStream in = Files.newInputStream(file);
            XContentParser json = JsonXContent.jsonXContent
                .createParser(NamedXContentRegistry.EMPTY, DeprecationHandler.IGNORE_DEPRECATIONS, in)) {
            json.nextToken();
            while (json.nextToken() == Token.FIELD_NAME) {
                String key = json.currentName();
                Token value = json.nextToken();
                if (key.equals("added_tokens") && value == Token.START_ARRAY) {
                    while (json.nextToken() == Token.START_OBJECT) {
                        readAdded(json, reader);
                    }
                } else if (key.equals("model") && value == Token.START_OBJECT) {
                    readModel(json, reader);
                } else {
                    json.skipChildren();
                }
            }
        }
    }

    private static void readAdded(XContentParser json, Reader reader) throws IOException {
        long id = -1;
        String text = "";
        while (json.nextToken() == Token.FIELD_NAME) {
            String key = json.currentName();
            Token value = json.nextToken();
            if (key.equals("id") && value == Token.VALUE_NUMBER) {
                id = json.longValue();
            } else if (key.equals("content") && value == Token.VALUE_STRING) {
                text = json.text();
            } else {
                json.skipChildren();
            }
        }
        reader.token(text, id);
    }

    /** An object of tokens and ids, or a list whose places are the ids. */
    private static void readModel(XContentParser json, Reader reader) throws IOException {
        while (json.nextToken() == Token.FIELD_NAME) {
            boolean vocabulary = json.currentName().equals("vocab");
            Token value = json.nextToken();
            if (vocabulary && value == Token.START_OBJECT) {
                while (json.nextToken() == Token.FIELD_NAME) {
                    String text = json.currentName();
                    if (json.nextToken() == Token.VALUE_NUMBER) {
                        reader.token(text, json.longValue());
                    }
                }
            } else if (vocabulary && value == Token.START_ARRAY) {
                for (long id = 0; json.nextToken() == Token.START_ARRAY; id++) {
                    String text = json.nextToken() == Token.VALUE_STRING ? json.text() : "";
                    reader.token(text, id);
                    while (json.currentToken() != Token.END_ARRAY) {
                        json.nextToken();
                    }
                }
            } else {
                json.skipChildren();
            }
        }
    }
}
