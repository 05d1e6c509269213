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

/**
 * Which token of a tokenizer stands for what it does not know. The library does not say; the file says it in one way
 * for each kind of tokenizer. Read as a stream: it may hold a vocabulary of hundreds of thousands.
 */
final class UnknownToken {
    private UnknownToken() {}

    /**
     * The token's number: of WordPiece, WordLevel and BPE that of the token that they name, of Unigram (SentencePiece)
     * the place that it names. −1 where there is none, as with those that spell byte by byte what they have no token
     * for. Fails where the file is not a JSON object with a model in it.
     */
    static long idIn(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
            XContentParser json = JsonXContent.jsonXContent
                .createParser(NamedXContentRegistry.EMPTY, DeprecationHandler.IGNORE_DEPRECATIONS, in)) {
            if (json.nextToken() != Token.START_OBJECT || skipTo(json, "model") == false
                || json.currentToken() != Token.START_OBJECT) {
                throw new IOException("no [model] in it: this is no tokenizer.json");
            }
            while (json.nextToken() == Token.FIELD_NAME) {
                String key = json.currentName();
                Token value = json.nextToken();
                if (key.equals("unk_id") && value == Token.VALUE_NUMBER) {
                    return json.longValue();
                }
                if (key.equals("unk_token") && value == Token.VALUE_STRING) {
                    return Vocabulary.idOf(file, json.text());
                }
                json.skipChildren();
            }
            return -1;
        }
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
