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
 * Finds the token that a tokenizer uses for text outside its vocabulary. The tokenizer library does not expose it, and
 * each kind of tokenizer writes it to the file in its own way. The file is read as a stream, because a vocabulary may
 * have hundreds of thousands of entries.
 */
final class UnknownToken {
    private UnknownToken() {}

    /**
     * Returns the token's id. WordPiece, WordLevel and BPE name the token; Unigram (SentencePiece) has its index. −1 if
     * there is none, as in tokenizers that spell unknown text byte by byte.
     *
     * @throws IOException if the file is not a JSON object that holds a model
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

    private static boolean skipTo(XContentParser json, String name) throws IOException {
        while (json.nextToken() == Token.FIELD_NAME) {
            String key = json.currentName();
            json.nextToken();
            if (key.equals(name)) {
                return true;
            }
            json.skipChildren();
        }
        return false;
    }
}
