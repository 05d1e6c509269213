package org.opensearch.interest.core.json;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class JsonObjectReaderTest {
    private static JsonObjectReader read(String key, Object value) {
        return new JsonObjectReader("embed request", Collections.singletonMap(key, value));
    }

    private static void fails(String message, Runnable reading) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, reading::run).getMessage());
    }

    @Test
    void valuesComeBackAsTheyAre() {
        JsonObjectReader json = new JsonObjectReader(
            "thing",
            Map.of(
                "s", "x", "n", 0.5, "i", 3, "b", true, "l", List.of(1, "a"), "ss", List.of("a", "b"), "f",
                List.of(1, 0.5), "o", Map.of("k", "v")
            )
        );
        assertEquals("x", json.requiredString("s"));
        assertEquals("x", json.oneOf("s", "y", "x", "y"));
        assertEquals(0.5, json.number("n", 0, 1, 0), 0);
        assertEquals(3, json.integer("i", 1, 5, 0));
        assertTrue(json.bool("b", false));
        assertEquals(List.of(1, "a"), json.list("l"));
        assertEquals(List.of("a", "b"), json.strings("ss"));
        assertArrayEquals(new float[]{ 1f, 0.5f }, json.floats("f"), 0);
        assertEquals("v", json.object("o").requiredString("k"));
        json.done();
    }

    @Test
    void absentKeysGiveTheirDefaults() {
        JsonObjectReader json = new JsonObjectReader("thing", Map.of());
        assertEquals("d", json.optionalString("s", "d"));
        assertEquals("y", json.oneOf("o", "y", "x", "y"));
        assertEquals(0.25, json.number("n", 0, 1, 0.25), 0);
        assertEquals(7, json.integer("i", 0, 9, 7));
        assertFalse(json.bool("b", false));
        assertNull(json.list("l"));
        assertNull(json.strings("ss"));
        assertNull(json.floats("f"));
        assertNull(json.object("x"));
        json.done();
    }

    @Test
    void whatIsWrongIsSaidWithTheValueAndWhatIsAllowed() {
        fails(
            "[interest] [model] of embed request is missing: it must be a string",
            () -> read("x", 1).requiredString("model")
        );
        fails(
            "[interest] [model] of embed request must be a string, but was [3]",
            () -> read("model", 3).requiredString("model")
        );
        fails(
            "[interest] [model] of embed request must be a string, but was [null]",
            () -> read("model", null).optionalString("model", "")
        );
        fails(
            "[interest] [type] of embed request must be one of [passage, query], but was [sky]",
            () -> read("type", "sky").oneOf("type", "passage", "passage", "query")
        );
        fails(
            "[interest] [alpha] of embed request must be a number in [0,1], but was [1.5]",
            () -> read("alpha", 1.5).number("alpha", 0, 1, 0)
        );
        fails(
            "[interest] [alpha] of embed request must be a number in [0,1], but was [NaN]",
            () -> read("alpha", Double.NaN).number("alpha", 0, 1, 0)
        );
        fails(
            "[interest] [max] of embed request must be a whole number in [1,8], but was [2.5]",
            () -> read("max", 2.5).integer("max", 1, 8, 1)
        );
        fails(
            "[interest] [max] of embed request must be a whole number in [1,8], but was [9]",
            () -> read("max", 9).integer("max", 1, 8, 1)
        );
        fails(
            "[interest] [deep] of embed request must be true or false, but was [yes]",
            () -> read("deep", "yes").bool("deep", true)
        );
        fails(
            "[interest] [texts] of embed request must be a list of strings, but was [a]",
            () -> read("texts", "a").strings("texts")
        );
        fails(
            "[interest] [texts[1]] of embed request must be a string, but was [null]",
            () -> read("texts", Arrays.asList("a", null)).strings("texts")
        );
        fails(
            "[interest] [vector[0]] of embed request must be a finite number, but was [Infinity]",
            () -> read("vector", List.of(Double.POSITIVE_INFINITY)).floats("vector")
        );
        fails(
            "[interest] [items] of embed request must be an object, but was [[]]",
            () -> read("items", List.of()).object("items")
        );
    }

    @Test
    void aLongValueIsQuotedInPart() {
        String message = assertThrows(
            IllegalArgumentException.class, () -> read("k", List.of("x".repeat(5000))).requiredString("k")
        ).getMessage();
        assertTrue(message.length() < 200, message);
    }

    @Test
    void keysThatNobodyAskedForAreNamed() {
        JsonObjectReader json = read("txts", List.of());
        json.strings("texts");
        json.oneOf("type", "passage", "passage", "query");
        fails("[interest] unknown key [txts] in embed request: allowed are [texts, type]", json::done);
    }

    @Test
    void objectsWithinAreCoveredByTheOuterEnd() {
        JsonObjectReader json = read("topics", Map.of("most", 3));
        assertEquals(8, json.object("topics").integer("max", 1, 20, 8));
        fails("[interest] unknown key [topics.most] in embed request: allowed are [topics.max]", json::done);
        fails(
            "[interest] [topics.most] of embed request must be a whole number in [5,9], but was [3]",
            () -> read("topics", Map.of("most", 3)).object("topics").integer("most", 5, 9, 5)
        );
    }
}
