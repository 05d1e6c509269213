package org.opensearch.interest.search.ingest;

import org.opensearch.ingest.IngestDocument;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Mapping from the fields of an event document to the properties of an event.
 *
 * @param fields       the field names for each property, in order; the first field with a value is used
 * @param textOfSearch true to use the text of searches and comments only, because other documents repeat it
 */
record EventMapping(Map<String, List<String>> fields, boolean textOfSearch) {
    /** The properties that can be mapped, by their names at the events endpoint. */
    static final List<String> PROPERTIES = List
        .of("user", "type", "item", "text", "timestamp", "id", "value", "weight", "session", "query_id", "position");

    private static final String KEYWORD = ".keyword";

    EventMapping {
        fields = Map.copyOf(fields);
    }

    /**
     * Returns the mapping of documents with the property names of the events endpoint. The document's own id identifies
     * the event if no other id is present.
     */
    static EventMapping plain() {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        PROPERTIES.forEach(property -> fields.put(property, List.of(property)));
        fields.put("id", List.of("id", "_id"));
        return new EventMapping(fields, false);
    }

    /** Returns the mapping of the User Behavior Insights schema, version 1.3. */
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

    EventMapping with(String property, String field) {
        Map<String, List<String>> changed = new LinkedHashMap<>(fields);
        // the document's own id stays the fallback
        changed.put(property, property.equals("id") ? List.of(field, "_id") : List.of(field));
        return new EventMapping(changed, textOfSearch);
    }

    /**
     * Returns the event of a document in the format of the events endpoint, without properties that the document lacks.
     */
    Map<String, Object> eventOf(IngestDocument document) {
        Map<String, Object> event = new LinkedHashMap<>();
        for (String property : PROPERTIES) {
            Object value = valueOf(property, document);
            if (value != null) {
                event.put(property, value);
            }
        }
        chooseEvidence(event);
        return event;
    }

    /**
     * Reduces an event to one kind of evidence. A document may contain more: a search the item found, a click the text
     * searched for.
     */
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

    private Object valueOf(String property, IngestDocument document) {
        for (String field : fields.getOrDefault(property, List.of())) {
            Object value = first(document, field);
            if (value == null && field.endsWith(KEYWORD)) {
                // a sub-field's name, as in queries: the document contains only its parent field
                value = first(document, field.substring(0, field.length() - KEYWORD.length()));
            }
            if (value != null) {
                return switch (property) {
                    case "value", "weight", "position" -> number(value);
                    case "timestamp" -> value instanceof Number ? value : value.toString();
                    default -> value instanceof Map || value instanceof List ? value : value.toString();
                };
            }
        }
        return null;
    }

    /** Returns the field's value, or the only element of a list; null if the value is missing or blank. */
    private static Object first(IngestDocument document, String field) {
        Object value = document.getFieldValue(field, Object.class, true);
        if (value == null) {
            // a document may use a dotted path as one key
            value = document.getSourceAndMetadata().get(field);
        }
        if (value instanceof List<?> list && list.size() == 1) {
            value = list.get(0);
        }
        return value instanceof CharSequence text && text.toString().isBlank() ? null : value;
    }

    /**
     * Parses a number given as text, which pipelines often produce. Other text stays unchanged, so that validation
     * rejects it with the property's name.
     */
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
