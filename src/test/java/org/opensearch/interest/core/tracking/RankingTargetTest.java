package org.opensearch.interest.core.tracking;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RankingTargetTest {
    private static final float[] VECTOR = { 1, 0 };

    @Test
    void takesAnyNameAPersonMayHave() {
        for (String user : new String[]{ "u42", "a/b", "..", "with space", "🙂", "x".repeat(512) }) {
            assertTrue(new RankingTarget("shop", user, null, null).needsTracker());
        }
        assertFalse(new RankingTarget(null, null, VECTOR, "embedding").needsTracker());
        assertTrue(new RankingTarget("shop", null, VECTOR, null).needsTracker());
    }

    @Test
    void equalityIsByContent() {
        assertEquals(new RankingTarget(null, null, VECTOR, "e"), new RankingTarget(null, null, VECTOR.clone(), "e"));
        assertEquals(
            new RankingTarget(null, null, VECTOR, "e").hashCode(),
            new RankingTarget(null, null, VECTOR.clone(), "e").hashCode()
        );
    }

    @Test
    void printsNoPerson() {
        assertFalse(new RankingTarget("shop", "jane@example.org", null, null).toString().contains("jane"));
    }

    @Test
    void refusals() {
        refused("[interest] needs exactly one of [user] and [vector], but has neither", "shop", null, null, null);
        refused("[interest] needs exactly one of [user] and [vector], but has both", "shop", "u", VECTOR, null);
        refused("[interest] [user] needs [tracker], the tracker that knows the user", null, "u", null, "embedding");
        refused(
            "[interest] [vector] needs [field] or [tracker], to know the field of the item vectors", null, null, VECTOR,
            null
        );
        refused(
            "[interest] [user] must be a string of 1 to 512 bytes without control characters, but was []", "shop", "",
            null, null
        );
        refused(
            "[interest] [user] must be a string of 1 to 512 bytes without control characters, but has [2048] bytes",
            "shop", "x".repeat(2048), null, null
        );
        refused(
            "[interest] [user] must be a string of 1 to 512 bytes without control characters, but holds the control character [U+0007]",
            "shop", "a\u0007", null, null
        );
        refused("[interest] [tracker] must not be blank, but was [ ]", " ", "u", null, null);
        refused("[interest] [field] must not be blank, but was []", "shop", "u", null, "");
        refused("[interest] [vector] must hold at least one number", "shop", null, new float[0], null);
        refused(
            "[interest] [vector] must not be the zero vector: it has no direction", "shop", null, new float[2], null
        );
        refused(
            "[interest] [vector] must hold finite numbers, but number [1] is [NaN]", "shop", null,
            new float[]{ 1, Float.NaN }, null
        );
    }

    private static void refused(String reason, String tracker, String user, float[] vector, String field) {
        IllegalArgumentException e = assertThrows(
            IllegalArgumentException.class, () -> new RankingTarget(tracker, user, vector, field)
        );
        assertEquals(reason, e.getMessage());
    }
}
