package org.opensearch.interest.search.ingest;

import org.opensearch.index.VersionType;
import org.opensearch.ingest.IngestDocument;
import org.opensearch.test.OpenSearchTestCase;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

public class EventMappingTests extends OpenSearchTestCase {
    private static Map<String, Object> event(EventMapping mapping, String id, Map<String, Object> source) {
        return mapping
            .eventOf(new IngestDocument("events", id, null, null, VersionType.INTERNAL, new HashMap<>(source)));
    }

    public void testADocumentThatLooksLikeAnEventIsOne() {
        Map<String, Object> source = Map
            .of("user", "ann", "type", "rating", "item", "p1", "value", 4, "timestamp", 17, "id", "e1", "weight", 2.5);
        assertEquals(source, event(EventMapping.plain(), "doc", source));
        assertEquals(Map.of("user", "ann", "id", "doc"), event(EventMapping.plain(), "doc", Map.of("user", "ann")));
        assertEquals(Map.of(), event(EventMapping.plain(), null, Map.of("other", 1)));
    }

    public void testUbi() {
        Map<String, Object> click = Map.of(
            "action_name", "click", "client_id", "c1", "user_id", "u1", "session_id", "s1", "query_id", "q1",
            "timestamp", "2026-11-22T10:15:00Z", "user_query", "shoes", "event_attributes",
            Map.of("object", Map.of("object_id", "p1"), "position", Map.of("ordinal", 3))
        );
        Map<String, Object> event = new HashMap<>(
            Map.of("user", "u1", "type", "click", "item", "p1", "session", "s1", "query_id", "q1")
        );
        event.putAll(Map.of("timestamp", "2026-11-22T10:15:00Z", "position", 3));
        assertEquals(event, event(EventMapping.ubi(), null, click));
        assertEquals(
            Map.of("user", "c1", "type", "search", "text", "shoes", "id", "e7"),
            event(
                EventMapping.ubi(), "doc",
                Map.of(
                    "action_name", "search", "client_id", "c1", "user_id", " ", "user_query", "shoes", "event_id", "e7"
                )
            )
        );
        assertEquals(
            "a click on nothing is no search for what was typed before it", Map.of("user", "c1", "type", "click"),
            event(EventMapping.ubi(), null, Map.of("action_name", "click", "client_id", "c1", "user_query", "shoes"))
        );
    }

    public void testNamesReachIntoObjectsAndForgetKeyword() {
        EventMapping mapping = EventMapping.plain()
            .with("user", "who.id.keyword")
            .with("type", "what.keyword")
            .with("item", "a.b");
        assertEquals(
            Map.of("user", "7", "type", "click", "item", "p1"),
            event(mapping, null, Map.of("who", Map.of("id", 7), "what", List.of("click"), "a.b", "p1"))
        );
        assertEquals(
            "a field of that very name wins", Map.of("type", "x"),
            event(mapping, null, Map.of("what", Map.of("keyword", "x")))
        );
        assertEquals(
            "a path through text leads nowhere", Map.of(),
            event(mapping, null, Map.of("who", "ann", "a", List.of(1, 2)))
        );
    }

    public void testAnEventSaysOneThing() {
        Map<String, Object> both = Map.of("item", "p1", "text", "shoes");
        for (String type : List.of("search", "click", "comment")) {
            Map<String, Object> source = new HashMap<>(both);
            source.put("type", type);
            Map<String, Object> event = event(EventMapping.plain(), null, source);
            assertEquals(type, type.equals("search") == false, event.containsKey("item"));
            assertEquals(type, type.equals("click") == false, event.containsKey("text"));
        }
    }

    public void testNumbersMayBeText() {
        assertEquals(
            Map.of("type", "rating", "value", 4.5, "weight", "heavy"),
            event(EventMapping.plain(), null, Map.of("type", "rating", "value", " 4.5", "weight", "heavy"))
        );
        assertEquals(
            "a value goes with ratings", Map.of("type", "click"),
            event(EventMapping.plain(), null, Map.of("type", "click", "value", 4.5))
        );
    }
}
