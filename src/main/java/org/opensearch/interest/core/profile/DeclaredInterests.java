package org.opensearch.interest.core.profile;

import org.opensearch.interest.core.vector.Vectors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What a person says of themselves to be interested in. It does not fade, and each interest counts as much as one click
 * that has just happened: enough to make a user without events personal at once, and soon outweighed by what they do.
 * Immutable, thread-safe.
 *
 * @param list in the person's order; at most {@link #MOST}
 */
public record DeclaredInterests(List<Interest> list) {
    public static final int MOST = 16;
    /** The mass of one declared interest: one event's of weight 1. */
    public static final double MASS = 1;

    private static final DeclaredInterests NOTHING = new DeclaredInterests(List.of());

    /**
     * @param text   as the person wrote it
     * @param vector the text's, as of a search; of unit length, not to be changed
     */
    public record Interest(String text, float[] vector) {
        public Interest {
            Objects.requireNonNull(text, "text");
            Vectors.requireUnit("vector", vector);
        }

        /** As if it had been declared at that moment. */
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
            throw new IllegalArgumentException("declared interests of several dimensions");
        }
    }

    public static DeclaredInterests nothing() {
        return NOTHING;
    }

    public boolean isEmpty() {
        return list.isEmpty();
    }

    /** 0 where nothing is declared. */
    int dimension() {
        return isEmpty() ? 0 : list.get(0).vector().length;
    }

    /** The sum with every declared interest in it, as if it had been declared at that moment. */
    DecayedSum joining(DecayedSum sum, long at) {
        DecayedSum joined = sum;
        for (Interest interest : list) {
            joined = joined.plus(interest.vector(), Evidence.Source.TEXT, MASS, at);
        }
        return joined;
    }

    /** These, then those of the others that are not among them, as far as there is room. */
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
