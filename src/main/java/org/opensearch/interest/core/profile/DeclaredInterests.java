package org.opensearch.interest.core.profile;

import org.opensearch.interest.core.vector.Vectors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Interests that a user stated in words. They do not decay, and each one counts as much as one click that has just
 * happened: enough to personalise at once for a user without events, and soon outweighed by events. Immutable,
 * thread-safe.
 *
 * @param list in the user's order; at most {@link #MOST}
 */
public record DeclaredInterests(List<Interest> list) {
    public static final int MOST = 16;
    /** The mass of one declared interest: that of one event of weight 1. */
    public static final double MASS = 1;

    private static final DeclaredInterests NOTHING = new DeclaredInterests(List.of());

    /**
     * @param text   as the user wrote it
     * @param vector the text's vector, embedded as a search text is; of unit length, not to be changed
     */
    public record Interest(String text, float[] vector) {
        public Interest {
            Objects.requireNonNull(text, "text");
            Vectors.requireUnit("vector", vector);
        }

        /** A sum that holds this interest alone, as evidence of the given time. */
        public DecayedSum asSum(long halfLife, long at) {
            return DecayedSum.empty(halfLife).plus(vector, Evidence.Source.TEXT, MASS, at);
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Interest other && text.equals(other.text) && Arrays.equals(vector, other.vector);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }

    public DeclaredInterests {
        list = List.copyOf(list);
        if (list.size() > MOST) {
            throw new IllegalArgumentException(
                "at most [" + MOST + "] interests are declared, but there are [" + list.size() + "]"
            );
        }
        if (list.stream().mapToInt(interest -> interest.vector().length).distinct().count() > 1) {
            throw new IllegalArgumentException("declared interests must have vectors of one dimension");
        }
    }

    public static DeclaredInterests nothing() {
        return NOTHING;
    }

    public boolean isEmpty() {
        return list.isEmpty();
    }

    /** The dimension of the vectors; 0 if nothing is declared. */
    int dimension() {
        return isEmpty() ? 0 : list.get(0).vector().length;
    }

    /** The sum plus every declared interest, as evidence of the given time. */
    DecayedSum addedTo(DecayedSum sum, long at) {
        DecayedSum total = sum;
        for (Interest interest : list) {
            total = total.plus(interest.vector(), Evidence.Source.TEXT, MASS, at);
        }
        return total;
    }

    /** These interests, followed by those of the others whose text is new, up to {@link #MOST}. */
    DeclaredInterests plus(DeclaredInterests others) {
        List<Interest> all = new ArrayList<>(list);
        for (Interest other : others.list) {
            if (all.size() < MOST && all.stream().noneMatch(known -> known.text().equals(other.text()))) {
                all.add(other);
            }
        }
        return new DeclaredInterests(all);
    }
}
