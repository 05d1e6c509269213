package org.opensearch.interest.core.tracking;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opensearch.interest.core.profile.HistoryEvent;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class EventJsonTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final Map<String, Double> SIGNALS = Map
        .of("click", 1.0, "rating", 2.0, "comment", 1.0, "dislike", -2.0, "impression", -0.1);

    private static Event read(Object... keysAndValues) {
        Map<String, Object> json = new HashMap<>(Map.of("user", "u1", "type", "click"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            json.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return EventJson.read(json, SIGNALS, NOW);
    }

    private static void assertRefused(String reason, Object... keysAndValues) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> read(keysAndValues));
        assertTrue(e.getMessage().startsWith("[interest] "), e.getMessage());
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    @Test
    void readsEveryKindOfEvidence() {
        assertEquals(new Event.Target.Item("p17"), read("item", "p17").target());
        assertEquals(new Event.Target.Text("insoles"), read("text", "insoles").target());
        assertArrayEquals(
            new float[]{ 0.6f, 0.8f }, ((Event.Target.Vector) read("vector", List.of(3, 4.0)).target()).unit(), 1e-6f
        );
        assertEquals(
            new Event.Target.Comment("p3", "fell apart"),
            read("type", "comment", "item", "p3", "text", "fell apart").target()
        );
        assertEquals(
            new Event.Target.Item("p3"),
            read("type", "comment", "item", "p3", "text", "fell apart", "weight", 2).target()
        );
        assertEquals(
            new Event.Target.Impression(List.of("a", "b"), List.of("b")),
            read("type", "impression", "items", List.of("a", "b"), "clicked", List.of("b")).target()
        );
    }

    @Test
    void weighsBySignalByWeightAndByRating() {
        assertEquals(1.0, read("item", "p").weight(), 0);
        assertEquals(-2.0, read("type", "dislike", "item", "p").weight(), 0);
        assertEquals(-7.5, read("item", "p", "weight", -7.5).weight(), 0);
        assertEquals(3.0, read("type", "of my own", "item", "p", "weight", 3).weight(), 0);
        assertEquals(2.0, read("type", "rating", "item", "p", "value", 5).weight(), 0);
        assertEquals(0.0, read("type", "rating", "item", "p", "value", 3).weight(), 0);
        assertEquals(-1.0, read("type", "rating", "item", "p", "value", 2).weight(), 0);
        assertEquals(-2.0, read("type", "rating", "item", "p", "value", 0, "scale", List.of(0, 10)).weight(), 0);
    }

    @Test
    void carriesWhatHistoryNeeds() {
        assertEquals(1.0, read("item", "p").scale(), 0);
        assertEquals(-0.5, read("type", "rating", "item", "p", "value", 2).scale(), 0);
        assertNull(read("item", "p", "weight", 3).scale(), "a weight of its own");
        assertEquals(HistoryEvent.Context.NONE, read("item", "p", "session", "").context());
        assertEquals(
            new HistoryEvent.Context("s1", "q1", 0L, "b"),
            read("item", "p", "session", "s1", "query_id", "q1", "position", 0, "variant", "b").context()
        );
        assertRefused("[session] must be a string of 1 to 512 bytes", "item", "p", "session", "x".repeat(513));
        assertRefused(
            "[variant] must be a string of 1 to 512 bytes without control characters", "item", "p", "variant", "a\nb"
        );
    }

    @Test
    void readsTimeInEveryUsualForm() {
        assertEquals(NOW, read("item", "p").timestamp());
        assertEquals(1_500_000_000_000L, read("item", "p", "timestamp", 1_500_000_000_000L).timestamp());
        assertEquals(1_500_000_000_000L, read("item", "p", "timestamp", "1500000000000").timestamp());
        assertEquals(1_500_000_000_000L, read("item", "p", "timestamp", "2017-07-14T02:40:00Z").timestamp());
        assertEquals(1_500_000_000_000L, read("item", "p", "timestamp", "2017-07-14T04:40:00.000+02:00").timestamp());
        assertEquals(1_500_000_000_000L, read("item", "p", "timestamp", "2017-07-14T02:40:00").timestamp());
        assertEquals(1_499_990_400_000L, read("item", "p", "timestamp", "2017-07-14").timestamp());
        assertEquals(NOW, read("item", "p", "timestamp", NOW + 299_000).timestamp(), "a clock that is a little ahead");
    }

    @ParameterizedTest
    @ValueSource(strings = { "04:40:00+0200", "04:40:00+02", "04:40+02:00", "02:40z", "02:40:00.000000999Z",
        "04:40:00+02:00[Europe/Paris]" })
    void readsZonesInEveryUsualForm(String time) {
        assertEquals(1_500_000_000_000L, read("item", "p", "timestamp", "2017-07-14T" + time).timestamp(), time);
    }

    @Test
    void anImpressionSaysWhatWasPassedOver() {
        Event event = read("type", "impression", "items", List.of("a", "b", "a", "c"), "clicked", List.of("b"));
        assertEquals(-0.1, event.weight(), 0);
        assertEquals(List.of("a", "c"), ((Event.Target.Impression) event.target()).skipped());
        List<String> many = java.util.stream.IntStream.range(0, 1_000).mapToObj(i -> "item" + i).toList();
        Event.Target.Impression page = (Event.Target.Impression) read(
            "type", "impression", "items", many, "clicked", List.of("item0")
        ).target();
        assertEquals(1_000, page.items().size());
        assertEquals(many.subList(1, 101), page.skipped(), "what nobody looks at is not passed over");
        assertTrue(EventJson.canBeEvidence(Map.of("type", "impression", "items", List.of("a")), SIGNALS));
        assertFalse(EventJson.canBeEvidence(Map.of("type", "impression", "item", "a"), SIGNALS));
    }

    @Test
    void refusesWhatItCannotUse() {
        assertRefused("exactly one of [item, text, vector] as evidence, but this one of type [click] has []");
        assertRefused("has [item, text]", "item", "p", "text", "t");
        assertRefused("has [item, vector]", "type", "comment", "item", "p", "vector", List.of(1));
        assertRefused("unknown key [itme] in event", "itme", "p", "item", "p");
        assertRefused("must be one of the tracker's signals", "type", "teleport", "item", "p");
        assertRefused("[user] of event must be a string", "user", 7, "item", "p");
        assertRefused("[user] must be a string of 1 to 512 bytes", "user", "", "item", "p");
        assertRefused("but has [2048] bytes", "user", "x".repeat(2048), "item", "p");
        assertRefused("control character [U+0007]", "user", "a\u0007b", "item", "p");
        assertRefused("half of a surrogate pair", "user", "a\ud800", "item", "p");
        assertRefused("[text] must not be blank", "text", "  ");
        assertRefused("lone surrogate", "text", "a\udc00");
        assertRefused("at most [1000000] characters", "text", "a".repeat(1_000_001));
        assertRefused("zero vector", "vector", List.of(0, 0));
        assertRefused("[vector[1]] of event must be a finite number, but was [NaN]", "vector", Arrays.asList(1, "NaN"));
        assertRefused("at least one number", "vector", List.of());
        assertRefused("not before 1970", "item", "p", "timestamp", "1969-12-31T23:59:59Z");
        assertRefused("[timestamp]", "item", "p", "timestamp", -5);
        assertRefused("ISO 8601 or milliseconds", "item", "p", "timestamp", "yesterday");
        assertRefused("ISO 8601 or milliseconds", "item", "p", "timestamp", true);
        assertRefused(
            "[timestamp] of event must be ISO 8601 or milliseconds since 1970, not before 1970, but was [null]", "item",
            "p", "timestamp", null
        );
        assertRefused("ISO 8601 or milliseconds", "item", "p", "timestamp", List.of(1));
        assertRefused("five minutes ahead", "item", "p", "timestamp", NOW + 301_000);
        assertRefused(
            "[value] of event must be a number in [1,5], but was [6]", "type", "rating", "item", "p", "value", 6
        );
        assertRefused(
            "two numbers, the lower first", "type", "rating", "item", "p", "value", 6, "scale", List.of(5, 1)
        );
        assertRefused("[value] of event is missing", "type", "rating", "item", "p");
        assertRefused("goes with the type [rating] only", "item", "p", "value", 3);
        assertRefused("[weight] of event must be a number", "item", "p", "weight", "much");
        assertRefused("[position] of event must be a whole number", "item", "p", "position", -1);
        assertRefused(
            "[clicked] of event must be a list of ids that stand in [items]", "type", "impression", "items",
            List.of("a"), "clicked", List.of("b")
        );
        assertRefused("must hold 1 to 1000 ids", "type", "impression", "items", List.of());
        assertRefused("but holds [1001]", "type", "impression", "items", java.util.Collections.nCopies(1_001, "a"));
        assertRefused("[items] must be a string of 1 to 512 bytes", "type", "impression", "items", List.of(""));
        assertRefused("unknown key [weight]", "type", "impression", "items", List.of("a"), "weight", -1);
        assertRefused(
            "[value] of event must be a number in [1,5], but was [0.99]", "type", "rating", "item", "p", "value", 0.99
        );
        assertRefused(
            "two numbers, the lower first", "type", "rating", "item", "p", "value", 3, "scale", List.of(3, 3)
        );
        assertRefused(
            "two numbers, the lower first", "type", "rating", "item", "p", "value", 3, "scale", List.of(1, 3, 5)
        );
    }
}
