package org.opensearch.interest.search.ingest;

import org.opensearch.ingest.IngestDocument;
import org.opensearch.interest.core.embedding.LongText;
import org.opensearch.interest.core.embedding.TextType;
import org.opensearch.interest.core.json.JsonObjectReader;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Options of the {@code interest_embedding} processor.
 *
 * @param targets      at least one; each writes to its own field
 * @param skipExisting true to keep a vector whose fingerprint matches its text, and to write fingerprints
 * @param modelVersion the only allowed version of the model; empty to allow any
 * @param batchSize    the maximum number of a {@code _bulk}'s documents to embed together
 */
record EmbeddingOptions(
    String modelId,
    List<EmbeddingTarget> targets,
    TextType type,
    boolean ignoreMissing,
    boolean skipExisting,
    LongText longText,
    Optional<String> modelVersion,
    int batchSize
) {
    static final String DEFAULT_MODEL = "all-minilm-l6-v2";

    private static final Set<String> KEYS = Set.of(
        "model_id", "fields", "target_field", "field_map", "type", "ignore_missing", "skip_existing", "long_text",
        "model_version", "batch_size"
    );

    /**
     * Names that a path can begin with apart from the document's own fields: the metadata fields, and the prefixes
     * {@code _source} and {@code _ingest}.
     */
    private static final Set<String> METADATA = Stream
        .concat(
            Arrays.stream(IngestDocument.Metadata.values()).map(IngestDocument.Metadata::getFieldName),
            Stream.of("_source", IngestDocument.INGEST_KEY)
        )
        .collect(Collectors.toUnmodifiableSet());

    EmbeddingOptions {
        targets = List.copyOf(targets);
        Set<String> fields = new HashSet<>();
        for (EmbeddingTarget target : targets) {
            if (fields.add(target.target()) == false) {
                throw new IllegalArgumentException(
                    "[interest] two vectors cannot go to one field, but [" + target.target() + "] is named twice"
                );
            }
        }
        for (EmbeddingTarget target : targets) {
            requireOwnField(target, targets);
            if (fields.contains(target.fingerprintField())) {
                throw new IllegalArgumentException(
                    "[interest] no vector can go to [" + target.fingerprintField()
                        + "], which is kept for the fingerprint of [" + target.target() + "]"
                );
            }
        }
    }

    /**
     * Rejects targets that overwrite metadata, which could send the document to another index, or a field that a text
     * is read from.
     */
    private static void requireOwnField(EmbeddingTarget target, List<EmbeddingTarget> targets) {
        for (String path : List.of(target.target(), target.fingerprintField())) {
            String field = withoutSource(path);
            if (METADATA.contains(field.split("\\.", 2)[0])) {
                throw new IllegalArgumentException(
                    "[interest] no vector can go to [" + field + "], which is metadata of the document"
                );
            }
            if (targets.stream()
                .flatMap(other -> other.sources().stream())
                .anyMatch(source -> withoutSource(source).equals(field))) {
                throw new IllegalArgumentException(
                    "[interest] no vector can go to [" + field + "], which a text is read from"
                );
            }
        }
    }

    private static String withoutSource(String path) {
        return path.startsWith("_source.") ? path.substring("_source.".length()) : path;
    }

    /**
     * Reads the known keys and removes them from the configuration; OpenSearch rejects a pipeline with unknown keys
     * left.
     */
    static EmbeddingOptions takeFrom(Map<String, Object> config) {
        JsonObjectReader json = new JsonObjectReader(InterestEmbeddingProcessor.TYPE, config);
        EmbeddingOptions options = new EmbeddingOptions(
            json.optionalString("model_id", DEFAULT_MODEL), targets(json),
            TextType.valueOf(json.oneOf("type", "passage", "passage", "query").toUpperCase(Locale.ROOT)),
            json.bool("ignore_missing", false), json.bool("skip_existing", false),
            LongText.valueOf(json.oneOf("long_text", "truncate", "truncate", "mean_chunks").toUpperCase(Locale.ROOT)),
            Optional.ofNullable(json.optionalString("model_version", null)),
            (int) json.integer("batch_size", 1, Integer.MAX_VALUE, Integer.MAX_VALUE)
        );
        config.keySet().removeAll(KEYS);
        return options;
    }

    private static List<EmbeddingTarget> targets(JsonObjectReader json) {
        boolean mapped = json.has("field_map");
        if (mapped == (json.has("fields") || json.has("target_field"))) {
            throw new IllegalArgumentException(
                "[interest] interest_embedding must have either [fields] and [target_field], or [field_map]: "
                    + "{\"fields\":[\"title\"],\"target_field\":\"embedding\"} or {\"field_map\":{\"title\":\"embedding\"}}"
            );
        }
        if (mapped == false) {
            json.require("fields", "a list of field names");
            List<String> fields = json.strings("fields");
            if (fields.isEmpty() || fields.stream().anyMatch(String::isBlank)) {
                throw json.invalid("fields", "a list of at least one field name");
            }
            return List
                .of(new EmbeddingTarget(fields, name(json, "target_field", json.requiredString("target_field"))));
        }
        JsonObjectReader map = json.object("field_map");
        List<EmbeddingTarget> targets = new ArrayList<>();
        for (String source : map.keys()) {
            targets.add(
                new EmbeddingTarget(
                    List.of(name(json, "field_map", source)), name(map, source, map.requiredString(source))
                )
            );
        }
        if (targets.isEmpty()) {
            throw json.invalid("field_map", "an object of at least one field and the field for its vector");
        }
        return targets;
    }

    private static String name(JsonObjectReader json, String key, String name) {
        if (name.isBlank()) {
            throw json.invalid(key, "the name of a field");
        }
        return name;
    }
}
