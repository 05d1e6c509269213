package org.opensearch.interest.core.tracking;

import java.nio.charset.StandardCharsets;

/**
 * Id of a user, as the caller sends it.
 *
 * @param value 1 to 512 bytes of UTF-8 without control characters
 */
public record UserId(String value) {
    static final int MAX_BYTES = 512;

    public UserId {
        requireName("user", value);
    }

    /** @param field what to call the user in a message */
    public static UserId of(String field, String value) {
        return new UserId(requireName(field, value));
    }

    /** The rule for names that callers give to people and events. */
    static String requireName(String field, String value) {
        String allowed = "must be a string of 1 to " + MAX_BYTES + " bytes without control characters";
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(
                "[interest] [" + field + "] " + allowed + ", but was [" + (value == null ? "null" : "") + "]"
            );
        }
        // a lone surrogate has no UTF-8: the encoder cannot write it
        if (StandardCharsets.UTF_8.newEncoder().canEncode(value) == false) {
            throw new IllegalArgumentException(
                "[interest] [" + field + "] " + allowed + ", but holds half of a surrogate pair"
            );
        }
        int bytes = value.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                "[interest] [" + field + "] " + allowed + ", but has [" + bytes + "] bytes"
            );
        }
        value.chars().filter(Character::isISOControl).findFirst().ifPresent(control -> {
            throw new IllegalArgumentException(
                "[interest] [" + field + "] " + allowed + ", but holds the control character [U+"
                    + String.format(java.util.Locale.ROOT, "%04X", control) + "]"
            );
        });
        return value;
    }

    /** Not the name: users' names do not belong into logs. */
    @Override
    public String toString() {
        return "a user";
    }
}
