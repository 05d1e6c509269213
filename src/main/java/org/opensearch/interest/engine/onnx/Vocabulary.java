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

/** Ids of the tokens in a tokenizer file. The file is read as a stream. */
final class Vocabulary {
    /** Receives each token in the order of the file, added tokens first. */
    private interface Reader {
        void token(String text, long id);
    }

    private Vocabulary() {}

    /**
     * Returns the largest id that the tokenizer can give; −1 if the file lists no token. A network that fails on this
     * id was made for another tokenizer.
     */
    static long largestId(Path file) throws IOException {
        long[] largest = { -1 };
        read(file, (text, id) -> largest[0] = Math.max(largest[0], id));
        return largest[0];
    }

    /** Returns a token's id; −1 if there is no such token. */
    static long idOf(Path file, String token) throws IOException {
        long[] found = { -1 };
        read(file, (text, id) -> found[0] = text.equals(token) ? id : found[0]);
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

    /** Reads the vocabulary, either an object from token to id or a list whose indices are the ids. */
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
