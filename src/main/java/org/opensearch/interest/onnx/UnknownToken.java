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

/**
 * Which token of a tokenizer stands for what it does not know. The library does not say, and the file may hold a vocabulary of
 * hundreds of thousands: read as a stream, up to the answer.
 */
final class UnknownToken {
    private UnknownToken() {}

    /** The token's text, or null where the tokenizer has none. Fails where the file is not a JSON object with a model in it. */
    static String in(Path file) throws IOException {
        try (
            InputStream in = Files.newInputStream(file);
            XContentParser json = JsonXContent.jsonXContent.createParser(NamedXContentRegistry.EMPTY, DeprecationHandler.IGNORE_DEPRECATIONS, in)
        ) {
            if (json.nextToken() != Token.START_OBJECT || skipTo(json, "model") == false || json.currentToken() != Token.START_OBJECT) {
                throw new IOException("no [model] in it: this is no tokenizer.json");
            }
            return ofModel(json);
        }
    }

    /** WordPiece, WordLevel and BPE name the token; Unigram has its place in the vocabulary. */
    private static String ofModel(XContentParser json) throws IOException {
        long place = -1;
        while (json.nextToken() == Token.FIELD_NAME) {
            String key = json.currentName();
            json.nextToken();
            if (key.equals("unk_token")) {
                return json.textOrNull();
            }
            if (key.equals("unk_id") && json.currentToken() == Token.VALUE_NUMBER) {
                place = json.longValue();
            } else if (key.equals("vocab") && json.currentToken() == Token.START_ARRAY && place >= 0) {
                return ofVocabulary(json, place);
            } else {
                json.skipChildren();
            }
        }
        return null;
    }

    /** A list of pairs: token and score. */
    private static String ofVocabulary(XContentParser json, long place) throws IOException {
        for (long i = 0; json.nextToken() == Token.START_ARRAY; i++) {
            json.nextToken();
            if (i == place) {
                return json.text();
            }
            while (json.nextToken() != Token.END_ARRAY) {
                // the score
            }
        }
        return null;
    }

    private static boolean skipTo(XContentParser json, String wanted) throws IOException {
        while (json.nextToken() == Token.FIELD_NAME) {
            String key = json.currentName();
            json.nextToken();
            if (key.equals(wanted)) {
                return true;
            }
            json.skipChildren();
        }
        return false;
    }
}
