package org.opensearch.interest.core.tracking;

import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class UserPreferencesTest {
    @Test
    void whatIsNotSaidStaysAsItIs() {
        assertEquals(
            new UserPreferences(List.of("trail running", "espresso"), null),
            UserPreferences.read(Map.of("interests", List.of("trail running", "espresso", "espresso")))
        );
        assertEquals(new UserPreferences(null, true), UserPreferences.read(Map.of("opt_out", true)));
        assertEquals(
            new UserPreferences(List.of(), false),
            UserPreferences.read(Map.of("opt_out", false, "interests", List.of()))
        );
    }

    @Test
    void refusals() {
        refused("[interest] a user needs at least one of [interests, opt_out], but the body has neither", Map.of());
        refused("[interest] unknown key [optout] in user: allowed are [interests, opt_out]", Map.of("optout", true));
        refused("[interest] [opt_out] of user must be true or false, but was [yes]", Map.of("opt_out", "yes"));
        refused(
            "[interest] [opt_out] of user must be true or false, but was [null]",
            new HashMap<>(Collections.singletonMap("opt_out", null))
        );
        refused("[interest] [interests] of user must be a list of strings, but was [tea]", Map.of("interests", "tea"));
        refused(
            "[interest] [interests[1]] of user must be a string, but was [7]", Map.of("interests", List.of("tea", 7))
        );
        refused(
            "[interest] [interests] of user must hold at most [16] texts, but holds [17]",
            Map.of("interests", Collections.nCopies(17, "tea"))
        );
        refused(
            "[interest] [interests[0]] must not be blank, but holds [1] characters and none that can be seen",
            Map.of("interests", List.of(" "))
        );
        refused(
            "[interest] [interests[0]] must be valid Unicode, but character [0] is the lone surrogate [U+D800]",
            Map.of("interests", List.of("\ud800"))
        );
        refused(
            "[interest] [interests[0]] must hold at most [1000] characters, but holds [1001]",
            Map.of("interests", List.of("x".repeat(1_001)))
        );
    }

    private static void refused(String reason, Map<String, ?> json) {
        assertEquals(
            reason, assertThrows(IllegalArgumentException.class, () -> UserPreferences.read(json)).getMessage()
        );
    }
}
