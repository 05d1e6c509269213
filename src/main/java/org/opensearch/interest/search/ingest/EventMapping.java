package org.opensearch.interest.search.ingest;

import org.opensearch.ingest.IngestDocument;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which fields of an event document hold which part of an event.
 *
 * @param fields       by part: names in the order they are tried, the first that holds something wins
 * @param textOfSearch whether the text counts for searches and comments alone, because other documents repeat it
 */
record EventMapping(Map<String, List<String>> fields, boolean textOfSearch) {
    /** The parts that may be mapped, by their names at the events endpoint. */
    static final List<String> PARTS = List
        .of("user", "type", "item", "text", "timestamp", "id", "value", "weight", "session", "query_id", "position");

    private static final String KEYWORD = ".keyword";

    EventMapping {
        fields = Map.copyOf(fields);
    }

    /**
     * Documents that look like the events of the endpoint. A document's own id identifies its event where nothing else
     * does.
     */
    static EventMapping plain() {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        PARTS.forEach(part -> fields.put(part, List.of(part)));
        fields.put("id", List.of("id", "_id"));
        return new EventMapping(fields, false);
    }

    /** The events of the User Behavior Insights schema, version 1.3. */
    static EventMapping ubi() {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        fields.put("user", List.of("user_id", "client_id"));
        fields.put("type", List.of("action_name"));
        fields.put("item", List.of("event_attributes.object.object_id"));
        fields.put("text", List.of("user_query"));
        fields.put("timestamp", List.of("timestamp"));
        fields.put("id", List.of("event_id", "_id"));
        fields.put("session", List.of("session_id"));
        fields.put("query_id", List.of("query_id"));
        fields.put("position", List.of("event_attributes.position.ordinal"));
        return new EventMapping(fields, true);
    }

    EventMapping with(String part, String field) {
        Map<String, List<String>> changed = new LinkedHashMap<>(fields);
        // a document's own id keeps its place as the last resort
        changed.put(part, part.equals("id") ? List.of(field, "_id") : List.of(field));
        return new EventMapping(changed, textOfSearch);
    }

    /** The event of a document, as the events endpoint takes it; parts that the document lacks are left out. */
    Map<String, Object> eventOf(IngestDocument document) {
        Map<String, Object> event = new LinkedHashMap<>();
        for (String part : PARTS) {
            Object value = valueOf(part, document);
            if (value != null) {
                event.put(part, value);
            }
        }
        chooseEvidence(event);
        return event;
    }

    /** An event says one thing, and its document may hold more: a search its hits, a click the words that led to it. */
    private void chooseEvidence(Map<String, Object> event) {
        String type = String.valueOf(event.get("type")).toLowerCase(Locale.ROOT);
        boolean comment = type.equals("comment");
        boolean search = type.contains("search");
        if (textOfSearch && search == false && comment == false) {
            event.remove("text");
        }
        if (comment == false && event.containsKey("item") && event.containsKey("text")) {
            event.remove(search ? "item" : "text");
        }
        if (type.equals("rating") == false) {
            event.remove("value");
        }
    }

    private Object valueOf(String part, IngestDocument document) {
        for (String field : fields.getOrDefault(part, List.of())) {
            Object value = first(document, field);
            if (value == null && field.endsWith(KEYWORD)) {
                // a name as queries use it: the document itself knows no sub-fields
                value = first(document, field.substring(0, field.length() - KEYWORD.length()));
            }
            if (value != null) {
                return switch (part) {
                    case "value", "weight", "position" -> number(value);
                    case "timestamp" -> value instanceof Number ? value : value.toString();
                    default -> value instanceof Map || value instanceof List ? value : value.toString();
                };
            }
        }
        return null;
    }

    /** The field's value, of a list of one its element; null where there is none, or a blank one. */
    private static Object first(IngestDocument document, String field) {
        Object value = document.getFieldValue(field, Object.class, true);
        if (value == null) {
            // a document may hold a path as one name
            value = document.getSourceAndMetadata().get(field);
        }
        if (value instanceof List<?> list && list.size() == 1) {
            value = list.get(0);
        }
        return value instanceof CharSequence text && text.toString().isBlank() ? null : value;
    }

    /** Pipelines often leave numbers as text; what is none stays as it is, to be refused by name. */
    private static Object number(Object value) {
        if (value instanceof CharSequence text) {
            try {
                return Double.valueOf(text.toString().trim());
            } catch (NumberFormatException e) {
                return value;
            }
        }
        return value;
    }
}
