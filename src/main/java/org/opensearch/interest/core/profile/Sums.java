package org.opensearch.interest.core.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * The exact part of a profile: decayed sums of its evidence, which depend neither on the order in which it arrives nor
 * on which of two profiles it arrived in. Evidence that turns something down is in none of them. Immutable.
 *
 * @param shortTerm recent evidence
 * @param longTerm  the same evidence, fading slowly
 * @param paced     evidence with a half-life of its own instead of the long-term one, one sum a half-life, in their
 *                  order
 * @param skipped   what was shown and passed over, as positive weights; soon forgotten
 */
record Sums(DecayedSum shortTerm, DecayedSum longTerm, List<DecayedSum> paced, DecayedSum skipped) {
    Sums {
        Objects.requireNonNull(shortTerm, "shortTerm");
        Objects.requireNonNull(longTerm, "longTerm");
        paced = List.copyOf(paced);
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
        return adding(e, e.weight());
    }

    /** As if that evidence had not been added, up to the last bit of a float. */
    Sums minus(Evidence e) {
        return adding(e, -e.weight());
    }

    private Sums adding(Evidence e, double weight) {
        if (e.isPassedOver()) {
            return new Sums(shortTerm, longTerm, paced, skipped.plus(e, -weight));
        }
        if (e.speaksFor() == false) {
            return this;
        }
        boolean ownPace = e.halfLife(longTerm.halfLife()) != longTerm.halfLife();
        return new Sums(
            shortTerm.plus(e, weight), ownPace ? longTerm : longTerm.plus(e, weight),
            ownPace ? SumsByHalfLife.plus(paced, e, weight) : paced, skipped
        );
    }

    /** Two people's sums as one, by this one's half-lives: those of both histories. */
    Sums plus(Sums other, long othersLastEvent) {
        return new Sums(
            shortTerm.plus(other.shortTerm.fadingBy(shortTerm.halfLife(), othersLastEvent)),
            longTerm.plus(other.longTerm.fadingBy(longTerm.halfLife(), othersLastEvent)),
            SumsByHalfLife.joined(Stream.concat(paced.stream(), other.paced.stream()).toList()),
            skipped.plus(other.skipped.fadingBy(skipped.halfLife(), othersLastEvent))
        );
    }

    /**
     * The same evidence, fading by other half-lives from a time on. The same object where they are those that it has.
     */
    Sums under(HalfLives halfLives, long from) {
        SortedSet<Long> own = halfLives.own();
        if (fadesBy(halfLives) && paced.stream().allMatch(sum -> own.contains(sum.halfLife()))) {
            return this;
        }
        // what fades by a half-life that is no longer there goes on by the nearest one that is; the long-term one stays
        // what it is
        own.add(halfLives.longTerm());
        List<DecayedSum> sums = new ArrayList<>(List.of(longTerm.fadingBy(halfLives.longTerm(), from)));
        paced.forEach(sum -> sums.add(sum.fadingBy(HalfLives.nearest(sum.halfLife(), own), from)));
        List<DecayedSum> adapted = SumsByHalfLife.joined(sums);
        return new Sums(
            shortTerm.fadingBy(halfLives.shortTerm(), from), SumsByHalfLife.of(halfLives.longTerm(), adapted),
            SumsByHalfLife.without(halfLives.longTerm(), adapted),
            skipped.fadingBy(halfLives.of(Evidence.IMPRESSION), from)
        );
    }

    private boolean fadesBy(HalfLives halfLives) {
        return shortTerm.halfLife() == halfLives.shortTerm() && longTerm.halfLife() == halfLives.longTerm()
            && skipped.halfLife() == halfLives.of(Evidence.IMPRESSION);
    }

    /** All long-term evidence as one sum at a time, whatever the pace it fades at. */
    DecayedSum learned(long at) {
        DecayedSum all = longTerm;
        for (DecayedSum sum : paced) {
            all = all.plus(sum.fadingBy(longTerm.halfLife(), at));
        }
        return all;
    }

    /** How long the vectors are; 0 where there is no evidence. */
    int dimension() {
        return Math.max(shortTerm.sum().length, skipped.sum().length);
    }
}
