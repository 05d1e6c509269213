package org.opensearch.interest.core.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * The exact part of a profile: decayed sums of its evidence. They do not depend on the order in which evidence arrives,
 * nor on which of two merged profiles it arrived in. Evidence of dislikes is in none of them. Immutable.
 *
 * @param shortTerm      all positive evidence, by the short-term half-life
 * @param longTerm       the same evidence by the long-term half-life, without that in {@code paced}
 * @param sumsByHalfLife evidence whose signal has its own half-life instead of the long-term one: one sum per
 *                       half-life, shortest first
 * @param skipped        items that were shown and not clicked, with positive weights; by default of the short-term
 *                       half-life
 */
record Sums(DecayedSum shortTerm, DecayedSum longTerm, List<DecayedSum> sumsByHalfLife, DecayedSum skipped) {
    Sums {
        Objects.requireNonNull(shortTerm, "shortTerm");
        Objects.requireNonNull(longTerm, "longTerm");
        sumsByHalfLife = List.copyOf(sumsByHalfLife);
        Objects.requireNonNull(skipped, "skipped");
    }

    static Sums empty(HalfLives halfLives) {
        return empty(halfLives.shortTerm(), halfLives.longTerm(), halfLives.of(Evidence.IMPRESSION));
    }

    private static Sums empty(long shortTerm, long longTerm, long skipped) {
        return new Sums(DecayedSum.empty(shortTerm), DecayedSum.empty(longTerm), List.of(), DecayedSum.empty(skipped));
    }

    /** Empty sums of the same half-lives. */
    Sums emptied() {
        return empty(shortTerm.halfLife(), longTerm.halfLife(), skipped.halfLife());
    }

    Sums plus(Evidence e) {
        return plus(e, e.weight());
    }

    /** Removes evidence that was added before, up to the last bit of a float. */
    Sums minus(Evidence e) {
        return plus(e, -e.weight());
    }

    private Sums plus(Evidence e, double weight) {
        if (e.isSkipped()) {
            return new Sums(shortTerm, longTerm, sumsByHalfLife, skipped.plus(e, -weight));
        }
        if (e.isPositive() == false) {
            return this;
        }
        boolean ownHalfLife = e.halfLife(longTerm.halfLife()) != longTerm.halfLife();
        return new Sums(
            shortTerm.plus(e, weight), ownHalfLife ? longTerm : longTerm.plus(e, weight),
            ownHalfLife ? SumsByHalfLife.plus(sumsByHalfLife, e, weight) : sumsByHalfLife, skipped
        );
    }

    /** Adds another user's sums: the sums of both histories, by the half-lives of this one. */
    Sums plus(Sums other, long othersLastEvent) {
        return new Sums(
            shortTerm.plus(other.shortTerm.withHalfLife(shortTerm.halfLife(), othersLastEvent)),
            longTerm.plus(other.longTerm.withHalfLife(longTerm.halfLife(), othersLastEvent)),
            SumsByHalfLife.joined(Stream.concat(sumsByHalfLife.stream(), other.sumsByHalfLife.stream()).toList()),
            skipped.plus(other.skipped.withHalfLife(skipped.halfLife(), othersLastEvent))
        );
    }

    /**
     * The same evidence, which decays by other half-lives from a time on. Returns this object if it has those
     * half-lives already.
     */
    Sums under(HalfLives halfLives, long from) {
        SortedSet<Long> own = halfLives.own();
        if (hasHalfLives(halfLives) && sumsByHalfLife.stream().allMatch(sum -> own.contains(sum.halfLife()))) {
            return this;
        }
        // a sum whose half-life was removed goes on with the nearest one that remains; the long-term sum stays
        // long-term
        own.add(halfLives.longTerm());
        List<DecayedSum> sums = new ArrayList<>(List.of(longTerm.withHalfLife(halfLives.longTerm(), from)));
        sumsByHalfLife.forEach(sum -> sums.add(sum.withHalfLife(HalfLives.nearest(sum.halfLife(), own), from)));
        List<DecayedSum> adapted = SumsByHalfLife.joined(sums);
        return new Sums(
            shortTerm.withHalfLife(halfLives.shortTerm(), from), SumsByHalfLife.of(halfLives.longTerm(), adapted),
            SumsByHalfLife.without(halfLives.longTerm(), adapted),
            skipped.withHalfLife(halfLives.of(Evidence.IMPRESSION), from)
        );
    }

    private boolean hasHalfLives(HalfLives halfLives) {
        return shortTerm.halfLife() == halfLives.shortTerm() && longTerm.halfLife() == halfLives.longTerm()
            && skipped.halfLife() == halfLives.of(Evidence.IMPRESSION);
    }

    /** All long-term evidence as one sum at a time, whatever its half-life. */
    DecayedSum learned(long at) {
        DecayedSum all = longTerm;
        for (DecayedSum sum : sumsByHalfLife) {
            all = all.plus(sum.withHalfLife(longTerm.halfLife(), at));
        }
        return all;
    }

    /** The dimension of the vectors; 0 if there is no evidence. */
    int dimension() {
        return Math.max(shortTerm.sum().length, skipped.sum().length);
    }
}
