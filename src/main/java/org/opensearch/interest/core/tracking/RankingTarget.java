package org.opensearch.interest.core.tracking;

import org.opensearch.interest.core.vector.Vectors;

import java.util.Arrays;
import java.util.Objects;

/**
 * By whose taste a search is ranked: a user's, under a tracker, or that of a given vector. Every absent part is null.
 *
 * @param tracker needed by a user; names the field where none is given
 * @param user    1 to 512 bytes of UTF-8 without control characters
 * @param vector  finite and not zero; its length does not matter
 * @param field   of the item vectors; the tracker's where absent
 */
public record RankingTarget(String tracker, String user, float[] vector, String field) {
    public RankingTarget {
        if ((user == null) == (vector == null)) {
            throw new IllegalArgumentException(
                "[interest] needs exactly one of [user] and [vector], but has " + (user == null ? "neither" : "both")
            );
        }
        requireFilled("tracker", tracker);
        requireFilled("field", field);
        if (user != null) {
            UserId.requireName("user", user);
            if (tracker == null) {
                throw new IllegalArgumentException(
                    "[interest] [user] needs [tracker], the tracker that knows the user"
                );
            }
        } else {
            requireVector(vector);
            if (tracker == null && field == null) {
                throw new IllegalArgumentException(
                    "[interest] [vector] needs [field] or [tracker], to know the field of the item vectors"
                );
            }
        }
    }

    /** Whether only a tracker can tell the field or the function. */
    public boolean needsTracker() {
        return user != null || field == null;
    }

    private static void requireFilled(String name, String value) {
        if (value != null && value.isBlank()) {
            throw new IllegalArgumentException("[interest] [" + name + "] must not be blank, but was [" + value + "]");
        }
    }

    private static void requireVector(float[] vector) {
        try {
            Vectors.requireDirection("vector", vector);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("[interest] " + e.getMessage(), e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RankingTarget that && Objects.equals(tracker, that.tracker)
            && Objects.equals(user, that.user) && Objects.equals(field, that.field)
            && Arrays.equals(vector, that.vector);
    }

    @Override
    public int hashCode() {
        return 31 * Objects.hash(tracker, user, field) + Arrays.hashCode(vector);
    }

    /** Tells no user and no vector: what is printed may be logged. */
    @Override
    public String toString() {
        return "Subject[tracker=" + tracker + ", field=" + field + ", by " + (user == null ? "vector" : "user") + "]";
    }
}
