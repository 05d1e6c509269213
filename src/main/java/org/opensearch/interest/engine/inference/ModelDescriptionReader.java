package org.opensearch.interest.engine.inference;

import org.opensearch.common.xcontent.json.JsonXContent;
import org.opensearch.core.xcontent.DeprecationHandler;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.interest.core.embedding.ModelFolder;
import org.opensearch.interest.core.embedding.ModelSpec;
import org.opensearch.interest.core.embedding.Pooling;
import org.opensearch.interest.core.json.JsonObjectReader;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code model.json}. Error messages are shown beside the model's name in the list of models. */
public final class ModelDescriptionReader {
    static final String FILE = "model.json";

    /** A hundred times the size of a page of text. */
    private static final long MAX_BYTES = 1 << 20;

    private ModelDescriptionReader() {}

    /**
     * @throws IllegalArgumentException if the description is missing, unreadable or wrong; the message is meant for
     *                                  people
     */
    public static ModelFolder read(Path folder) {
        JsonObjectReader json = new JsonObjectReader(FILE, parse(folder.resolve(FILE)));
        String modelId = json.requiredString("model_id");
        json.require("dimension", "a whole number in [1," + ModelSpec.MAX_DIMENSION + "]");
        int dimension = (int) json.integer("dimension", 1, ModelSpec.MAX_DIMENSION, 0);
        json.require("pooling", "one of [mean, cls, last_token, none]");
        Pooling pooling = Pooling
            .valueOf(json.oneOf("pooling", null, "mean", "cls", "last_token", "none").toUpperCase(Locale.ROOT));
        json.require("max_tokens", "a whole number in [" + ModelSpec.MIN_TOKENS + "," + ModelSpec.MAX_TOKENS + "]");
        int maxTokens = (int) json.integer("max_tokens", ModelSpec.MIN_TOKENS, ModelSpec.MAX_TOKENS, 0);
        ModelSpec spec = new ModelSpec(
            modelId, dimension, pooling, json.bool("normalize", true), maxTokens,
            json.optionalString("query_prefix", ""), json.optionalString("passage_prefix", ""),
            Optional.ofNullable(json.optionalString("output", null)), json.bool("matryoshka", false)
        );
        JsonObjectReader files = json.object("files");
        Path model = file(folder, files, "model", "model.onnx");
        Path tokenizer = file(folder, files, "tokenizer", "tokenizer.json");
        json.done();
        if (folder.getFileName().toString().equals(modelId) == false) {
            throw new IllegalArgumentException(
                "[interest] [model_id] of " + FILE + " must be the name of its folder, [" + folder.getFileName()
                    + "], but was [" + modelId + "]"
            );
        }
        return new ModelFolder(spec, model, tokenizer);
    }

    /** Allows plain names only, so that all files of a model lie in its folder. */
    private static Path file(Path folder, JsonObjectReader files, String key, String ifAbsent) {
        String name = files == null ? ifAbsent : files.optionalString(key, ifAbsent);
        if (name.isBlank() || name.startsWith(".") || name.contains("/") || name.contains("\\")
            || name.indexOf('\0') >= 0) {
            throw files.invalid(key, "the name of a file in the model's folder");
        }
        return folder.resolve(name);
    }

    private static Map<String, Object> parse(Path file) {
        if (Files.isRegularFile(file) == false) {
            throw new IllegalArgumentException("[interest] the file [" + file + "] is missing");
        }
        try (InputStream in = Files.newInputStream(file);
            XContentParser json = JsonXContent.jsonXContent
                .createParser(NamedXContentRegistry.EMPTY, DeprecationHandler.IGNORE_DEPRECATIONS, in)) {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("it holds [" + Files.size(file) + "] bytes, and [" + MAX_BYTES + "] are allowed");
            }
            if (json.nextToken() != XContentParser.Token.START_OBJECT) {
                throw new IOException("it must be a JSON object");
            }
            return json.mapOrdered();
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(
                "[interest] the file [" + file + "] cannot be read: " + e.getMessage(), e
            );
        }
    }
}
