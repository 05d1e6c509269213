package org.opensearch.interest.evaluate;

import org.opensearch.common.xcontent.XContentHelper;
import org.opensearch.common.xcontent.json.JsonXContent;
import org.opensearch.interest.core.evaluation.data.DatasetBuilder;
import org.opensearch.interest.core.tracking.Timestamps;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * User Behavior Insights, as OpenSearch records it: ubi_events (which user did what to which object) and ubi_queries
 * (which user searched for what), one JSON object per line, or CSV with the same names and dots for nested fields. A
 * user is a {@code client_id}. The text of an object comes from items.csv if there is one, else from the object's
 * events. The wrapper that an export of an index has around each document ({@code _source}) is removed.
 */
final class Ubi {
    static final String EVENTS = "ubi_events";
    static final String QUERIES = "ubi_queries";
    private static final String OBJECT = "event_attributes.object.";
    private static final double SEARCH = 1;

    private final Map<String, Double> signals;
    private final DatasetBuilder builder = new DatasetBuilder();
    private boolean described;
    private long skipped;
    private long impressions;

    private Ubi(Map<String, Double> signals) {
        this.signals = signals;
    }

    @FunctionalInterface
    private interface Document {
        void read(Map<String, String> fields);
    }

    /** Returns null if the folder holds none. */
    static Path file(Path folder, String name) {
        for (String ending : List.of(".ndjson", ".jsonl", ".json", ".csv")) {
            if (Files.isRegularFile(folder.resolve(name + ending))) {
                return folder.resolve(name + ending);
            }
        }
        return null;
    }

    static LoadedDataset read(Path folder, Map<String, Double> signals) throws IOException {
        return new Ubi(signals).readFrom(folder);
    }

    private LoadedDataset readFrom(Path folder) throws IOException {
        if (Files.isRegularFile(folder.resolve(CsvFolder.ITEMS))) {
            described = true;
            CsvFolder.readItems(folder, builder);
        }
        if (file(folder, QUERIES) != null) {
            documents(file(folder, QUERIES), query -> {
                String user = query.getOrDefault("client_id", "");
                String text = query.getOrDefault("user_query", "").strip();
                if (user.isEmpty() == false && text.isEmpty() == false) {
                    builder.search(user, text, signals.getOrDefault("search", SEARCH), time(query));
                }
            });
        }
        documents(file(folder, EVENTS), this::event);
        List<String> notes = new ArrayList<>(List.of("User Behavior Insights: users are told apart by [client_id]"));
        if (impressions > 0) {
            notes.add("[" + impressions + "] impressions were skipped: an impression is no evidence");
        }
        if (skipped > 0) {
            notes.add("[" + skipped + "] events without a client, or about no known object, were skipped");
        }
        return new LoadedDataset(builder.build(), null, notes);
    }

    private void event(Map<String, String> event) {
        String user = event.getOrDefault("client_id", "");
        String object = event.getOrDefault(OBJECT + "object_id", event.getOrDefault("object_id", ""));
        String action = event.getOrDefault("action_name", "");
        if (action.equals("impression")) {
            impressions++;
            return;
        }
        if (described == false && object.isEmpty() == false && builder.knowsItem(object) == false) {
            builder.item(object, text(event));
        }
        if (user.isEmpty() || builder.knowsItem(object) == false) {
            skipped++;
            return;
        }
        double weight = signals.getOrDefault(action, 1.0);
        builder.event(user, object, weight, weight >= 0, time(event));
    }

    private static String text(Map<String, String> event) {
        for (String name : List.of("name", "title", "description")) {
            String text = event.getOrDefault(OBJECT + name, "").strip();
            if (text.isEmpty() == false) {
                return text;
            }
        }
        return "";
    }

    private static long time(Map<String, String> fields) {
        String text = fields.getOrDefault("timestamp", "").strip();
        try {
            return Timestamps.parse(
                text.length() > 10 && text.charAt(10) == ' ' ? text.substring(0, 10) + 'T' + text.substring(11) : text
            );
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                "has a [timestamp] that must be ISO 8601 or milliseconds since 1970, but was [" + text + "]", e
            );
        }
    }

    private static void documents(Path file, Document reader) throws IOException {
        if (file.toString().endsWith(".csv")) {
            try (CsvReader csv = new CsvReader(
                new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8)
            )) {
                Columns columns = new Columns(file.toString(), csv.next());
                for (List<String> row = csv.next(); row != null; row = csv.next()) {
                    Map<String, String> fields = new LinkedHashMap<>();
                    for (String name : columns.names()) {
                        String value = columns.get(row, name);
                        if (value.startsWith("{")) {
                            flatten(name + ".", json(file, csv.line(), value), fields);
                        } else {
                            fields.put(name, value.strip());
                        }
                    }
                    read(file, csv.line(), reader, fields);
                }
            }
            return;
        }
        try (BufferedReader lines = new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8), 1 << 16
        )) {
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                Map<String, Object> json = json(file, number, line);
                Map<String, String> fields = new LinkedHashMap<>();
                flatten("", json.get("_source") instanceof Map<?, ?> source ? source : json, fields);
                // a bulk request has an action line before each document
                if (fields.containsKey("timestamp") || fields.containsKey("client_id")) {
                    read(file, number, reader, fields);
                }
            }
        }
    }

    private static void read(Path file, long line, Document reader, Map<String, String> fields) {
        try {
            reader.read(fields);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("[" + file + "] line [" + line + "] " + e.getMessage(), e);
        }
    }

    private static Map<String, Object> json(Path file, long line, String text) {
        try {
            return XContentHelper.convertToMap(JsonXContent.jsonXContent, text, false);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                "[" + file + "] line [" + line + "] is no JSON object: " + e.getMessage(), e
            );
        }
    }

    private static void flatten(String path, Map<?, ?> json, Map<String, String> into) {
        json.forEach((name, value) -> {
            if (value instanceof Map<?, ?> inner) {
                flatten(path + name + ".", inner, into);
            } else if (value != null) {
                into.put(path + name, value.toString());
            }
        });
    }
}
