package org.opensearch.interest.core.embedding;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TextRulesTest {
    private static String refusal(String text) {
        return assertThrows(IllegalArgumentException.class, () -> TextRules.require("text", text)).getMessage();
    }

    @Test
    void ordinaryTextsPassUnchanged() {
        for (String text : new String[]{ "a", "running shoes", " padded ", "鞋", "🥾", "a\nb",
            "x".repeat(TextRules.MAX_CHARACTERS) }) {
            assertEquals(text, TextRules.require("text", text));
            assertEquals(text, TextRules.truncate("text", text));
        }
    }

    @Test
    void blankTextsAreRefused() {
        assertEquals(
            "[interest] [text] must not be blank, but holds [0] characters and none that can be seen", refusal("")
        );
        assertEquals(
            "[interest] [text] must not be blank, but holds [5] characters and none that can be seen",
            refusal(" \t\n\u00a0\u200b")
        );
        assertTrue(TextRules.isBlank("\u3000\u0000"));
        assertFalse(TextRules.isBlank("\u3000."));
    }

    @Test
    void halvesOfCharactersAreRefused() {
        assertEquals(
            "[interest] [text] must be valid Unicode, but character [1] is the lone surrogate [U+D83E]",
            refusal("a\ud83e")
        );
        assertEquals(
            "[interest] [text] must be valid Unicode, but character [0] is the lone surrogate [U+DD7E]",
            refusal("\udd7e\ud83e")
        );
        assertEquals(
            "[interest] [text] must be valid Unicode, but character [2] is the lone surrogate [U+D83E]",
            refusal("\ud83e\udd7e\ud83ex")
        );
        assertThrows(IllegalArgumentException.class, () -> TextRules.truncate("text", "a\ud83e"));
    }

    @Test
    void tooLongIsRefusedOrCut() {
        assertEquals(
            "[interest] [text] must hold at most [1000000] characters, but holds [1000001]",
            refusal("x".repeat(1_000_001))
        );
        assertEquals(1_000_000, TextRules.truncate("text", "x".repeat(1_000_001)).length());
        assertEquals(
            999_999, TextRules.truncate("text", "x".repeat(999_999) + "🥾🥾").length(),
            "not between the halves of a character"
        );
    }
}
