package org.opensearch.interest.core.tracking;

import org.opensearch.interest.core.embedding.TextRules;
import org.opensearch.interest.core.json.JsonObjectReader;
import org.opensearch.interest.core.profile.DeclaredInterests;

import java.util.List;
import java.util.Map;

/**
 * Preferences that a user sends.
 *
 * @param interests declared interests, which replace the earlier ones; null to leave them as they are
 * @param optOut    whether to be out of tracking; null where they say nothing about it
 */
public record UserPreferences(List<String> interests, Boolean optOut) {
    /** An interest is a phrase, not an essay: a profile holds them all, and is read whole with every search. */
    static final int MOST_CHARACTERS = 1_000;

    /** @throws IllegalArgumentException naming the field, the value and what is allowed */
    public static UserPreferences read(Map<String, ?> json) {
        JsonObjectReader reader = new JsonObjectReader("user", json);
        UserPreferences wishes = new UserPreferences(
            interests(reader), reader.has("opt_out") ? reader.bool("opt_out", false) : null
        );
        reader.done();
        if (wishes.interests == null && wishes.optOut == null) {
            throw new IllegalArgumentException(
                "[interest] a user needs at least one of [interests, opt_out], but the body has neither"
            );
        }
        return wishes;
    }

    private static List<String> interests(JsonObjectReader reader) {
        List<String> given = reader.strings("interests");
        if (given == null) {
            return null;
        }
        if (given.size() > DeclaredInterests.MOST) {
            throw new IllegalArgumentException(
                "[interest] [interests] of user must hold at most [" + DeclaredInterests.MOST + "] texts, but holds ["
                    + given.size() + "]"
            );
        }
        for (int i = 0; i < given.size(); i++) {
            String field = "interests[" + i + "]";
            TextRules.require(field, given.get(i));
            if (given.get(i).length() > MOST_CHARACTERS) {
                throw new IllegalArgumentException(
                    "[interest] [" + field + "] must hold at most [" + MOST_CHARACTERS + "] characters, but holds ["
                        + given.get(i).length() + "]"
                );
            }
        }
        // said twice is said once
        return given.stream().distinct().toList();
    }
}
