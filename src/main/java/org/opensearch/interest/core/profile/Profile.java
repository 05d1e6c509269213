package org.opensearch.interest.core.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * All that is remembered of one user. Immutable: evidence makes a new profile. The decayed sums do not depend on the order in
 * which evidence arrives, nor on repeats of evidence with an id.
 *
 * @param events     how many events were applied, ≥ 0
 * @param firstEvent the earliest event's time, in milliseconds since 1970; 0 where there is none
 * @param lastEvent  the latest event's time
 * @param shortTerm  recent evidence
 * @param longTerm   the same evidence, fading slowly
 * @param paced      the same of evidence with a half-life of its own, one sum a half-life, in their order
 * @param topics     the things the user is interested in, an estimate; the sums above are exact
 * @param against    the things the user turned down, as positive weights; together they are all evidence against
 * @param skipped    what was shown and passed over, as positive weights; soon forgotten
 * @param ids        the ids that events came with
 * @param declared   what the person says to be interested in
 * @param standing   what the person decided about being known
 */
public record Profile(
    long events,
    long firstEvent,
    long lastEvent,
    DecayedSum shortTerm,
    DecayedSum longTerm,
    List<DecayedSum> paced,
    Topics topics,
    Topics against,
    DecayedSum skipped,
    EventIds ids,
    DeclaredInterests declared,
    ConsentState standing
) {
    public Profile {
        Objects.requireNonNull(shortTerm, "shortTerm");
        Objects.requireNonNull(longTerm, "longTerm");
        paced = List.copyOf(paced);
        Objects.requireNonNull(topics, "topics");
        Objects.requireNonNull(against, "against");
        Objects.requireNonNull(skipped, "skipped");
        Objects.requireNonNull(ids, "ids");
        Objects.requireNonNull(declared, "declared");
        Objects.requireNonNull(standing, "standing");
        if (events < 0 || firstEvent > lastEvent) {
            throw new IllegalArgumentException("[" + events + "] events from [" + firstEvent + "] to [" + lastEvent + "]");
        }
    }

    public static Profile empty(HalfLives halfLives) {
        return empty(halfLives.shortTerm(), halfLives.longTerm(), halfLives.of(Evidence.IMPRESSION));
    }

    private static Profile empty(long shortTerm, long longTerm, long skipped) {
        return new Profile(
            0,
            0,
            0,
            DecayedSum.empty(shortTerm),
            DecayedSum.empty(longTerm),
            List.of(),
            Topics.none(),
            Topics.none(),
            DecayedSum.empty(skipped),
            EventIds.none(),
            DeclaredInterests.nothing(),
            ConsentState.plain()
        );
    }

    /** Nothing but how fast it fades. */
    Profile emptied() {
        return empty(shortTerm.halfLife(), longTerm.halfLife(), skipped.halfLife());
    }

    /** The same profile under a tracker whose half-lives may have changed: what is believed now fades by the new ones from now on. */
    public Profile under(HalfLives halfLives) {
        SortedSet<Long> own = halfLives.own();
        if (fadesBy(halfLives) && paced.stream().allMatch(sum -> own.contains(sum.halfLife()))) {
            return this;
        }
        // what fades by a half-life that is no longer there goes on by the nearest one that is; the long-term one stays what it is
        own.add(halfLives.longTerm());
        List<DecayedSum> sums = new ArrayList<>(List.of(longTerm.fadingBy(halfLives.longTerm(), lastEvent)));
        paced.forEach(sum -> sums.add(sum.fadingBy(HalfLives.nearest(sum.halfLife(), own), lastEvent)));
        List<DecayedSum> adapted = SumsByHalfLife.joined(sums);
        return fading(
            shortTerm.fadingBy(halfLives.shortTerm(), lastEvent),
            SumsByHalfLife.of(halfLives.longTerm(), adapted),
            SumsByHalfLife.without(halfLives.longTerm(), adapted),
            skipped.fadingBy(halfLives.of(Evidence.IMPRESSION), lastEvent)
        );
    }

    private boolean fadesBy(HalfLives halfLives) {
        return shortTerm.halfLife() == halfLives.shortTerm()
            && longTerm.halfLife() == halfLives.longTerm()
            && skipped.halfLife() == halfLives.of(Evidence.IMPRESSION);
    }

    private Profile fading(DecayedSum newShortTerm, DecayedSum newLongTerm, List<DecayedSum> newPaced, DecayedSum newSkipped) {
        double ratio = (double) newLongTerm.halfLife() / longTerm.halfLife();
        return new Profile(
            events,
            firstEvent,
            lastEvent,
            newShortTerm,
            newLongTerm,
            newPaced,
            topics.fadingBy(ratio, lastEvent),
            against.fadingBy(ratio, lastEvent),
            newSkipped,
            ids,
            declared,
            standing
        );
    }

    /** How long the vectors are that the profile is about; 0 where there are none yet. */
    public int dimension() {
        int against = this.against.list().isEmpty() ? 0 : this.against.list().get(0).sum().sum().length;
        return Math.max(Math.max(declared.dimension(), against), Math.max(shortTerm.sum().length, skipped.sum().length));
    }

    /** What lasts of a user's interest at a time: the long-term evidence, and what the person declared. */
    public DecayedSum lasting(long at) {
        return declared.joining(learned(at), at);
    }

    /** All long-term evidence as one sum at a time, whatever the pace it fades at. */
    public DecayedSum learned(long at) {
        DecayedSum all = longTerm;
        for (DecayedSum sum : paced) {
            all = all.plus(sum.fadingBy(longTerm.halfLife(), at));
        }
        return all;
    }

    /** All evidence against as one sum, as positive weights; what was only passed over is not in it. */
    public DecayedSum negative() {
        return against.sum(longTerm.halfLife(), lastEvent);
    }

    /** Whether nothing is known of the person: neither evidence, nor anything they said. What was forgotten is not known. */
    public boolean isUnknown() {
        return events == 0 && declared.isEmpty() && standing.leaving() == null && standing.optOut() == false;
    }

    /** Whether this evidence was applied before, as far as the memory for ids reaches. */
    public boolean knows(Evidence evidence) {
        return remembers(evidence.id());
    }

    /** Whether an event of that id was applied before, as far as the memory for ids reaches. */
    public boolean remembers(OptionalLong id) {
        return id.isPresent() && ids.contains(id.getAsLong());
    }

    /** Whether this evidence must not be applied: the person is out of tracking, or had everything up to then forgotten. */
    public boolean refuses(Evidence evidence) {
        return refuses(evidence.timestamp());
    }

    /** The same of anything that happened at that time. */
    public boolean refuses(long timestamp) {
        return standing.refuses(timestamp);
    }

    /**
     * One more event. The caller has asked {@link #knows} and {@link #refuses} before.
     *
     * @param centre from where evidence is compared with topics
     * @throws IllegalArgumentException where the evidence has another dimension than the profile
     */
    public Profile plus(Evidence e, CatalogueCentre centre, TopicSettings rules) {
        requireDimension("evidence", e.vector().length);
        HalfLives halfLives = new HalfLives(shortTerm.halfLife(), longTerm.halfLife());
        boolean speaksFor = e.weight() > 0;
        boolean passedOver = e.weight() < 0 && e.isImpression();
        boolean speaksAgainst = e.weight() < 0 && passedOver == false;
        boolean ownPace = e.halfLife(longTerm.halfLife()) != longTerm.halfLife();
        return new Profile(
            events + 1,
            events == 0 ? e.timestamp() : Math.min(firstEvent, e.timestamp()),
            Math.max(lastEvent, e.timestamp()),
            speaksFor ? shortTerm.plus(e.vector(), e.source(), e.weight(), e.timestamp()) : shortTerm,
            speaksFor && ownPace == false ? longTerm.plus(e.vector(), e.source(), e.weight(), e.timestamp()) : longTerm,
            speaksFor && ownPace ? SumsByHalfLife.plus(paced, e) : paced,
            speaksFor ? topics.plus(e, halfLives, centre, rules.similarity(), new TopicLimit.ForInterests(rules)) : topics,
            speaksAgainst ? against.plus(e, halfLives, centre, rules.similarity(), new TopicLimit.ForAversions()) : against,
            passedOver ? skipped.plus(e.vector(), e.source(), -e.weight(), e.timestamp()) : skipped,
            e.id().isPresent() ? ids.plus(e.id().getAsLong()) : ids,
            declared,
            standing
        );
    }

    /**
     * As if one event had not been, where the others cannot be replayed. The sums are those of the other events, up to the last bit of
     * a float; topics are estimates as ever, and the first and the last event's times stay as bounds.
     *
     * @param e as it was when it was applied
     */
    public Profile minus(Evidence e, CatalogueCentre centre) {
        if (events <= 1) {
            return emptied().with(declared, standing);
        }
        boolean speaksFor = e.weight() > 0;
        boolean passedOver = e.weight() < 0 && e.isImpression();
        boolean speaksAgainst = e.weight() < 0 && passedOver == false;
        boolean ownPace = e.halfLife(longTerm.halfLife()) != longTerm.halfLife();
        return new Profile(
            events - 1,
            firstEvent,
            lastEvent,
            speaksFor ? shortTerm.plus(e.vector(), e.source(), -e.weight(), e.timestamp()) : shortTerm,
            speaksFor && ownPace == false ? longTerm.plus(e.vector(), e.source(), -e.weight(), e.timestamp()) : longTerm,
            speaksFor && ownPace ? SumsByHalfLife.plus(paced, e.weighing(-e.weight())) : paced,
            speaksFor ? topics.minus(e, shortTerm.halfLife(), centre) : topics,
            speaksAgainst ? against.minus(e, shortTerm.halfLife(), centre) : against,
            passedOver ? skipped.plus(e.vector(), e.source(), e.weight(), e.timestamp()) : skipped,
            ids,
            declared,
            standing
        ).without(e.id());
    }

    /** The same with one event's id forgotten: that event is new if it comes again. */
    public Profile without(OptionalLong id) {
        EventIds rest = id.isPresent() ? ids.without(id.getAsLong()) : ids;
        return new Profile(events, firstEvent, lastEvent, shortTerm, longTerm, paced, topics, against, skipped, rest, declared, standing);
    }

    /**
     * Two people's profiles as one: the sums are those of both histories in one profile, whichever joins the other. This one's
     * standing stays.
     *
     * @throws IllegalArgumentException where the two have different dimensions
     */
    public Profile plus(Profile other, CatalogueCentre centre, TopicSettings rules) {
        if (other.dimension() > 0) {
            requireDimension("a profile", other.dimension());
        }
        Profile same = other.fading(
            other.shortTerm.fadingBy(shortTerm.halfLife(), other.lastEvent),
            other.longTerm.fadingBy(longTerm.halfLife(), other.lastEvent),
            other.paced,
            other.skipped.fadingBy(skipped.halfLife(), other.lastEvent)
        );
        boolean mine = events > 0;
        boolean theirs = other.events > 0;
        long recent = shortTerm.halfLife();
        return new Profile(
            events + other.events,
            mine && theirs ? Math.min(firstEvent, other.firstEvent) : mine ? firstEvent : other.firstEvent,
            Math.max(lastEvent, other.lastEvent),
            shortTerm.plus(same.shortTerm),
            longTerm.plus(same.longTerm),
            SumsByHalfLife.joined(Stream.concat(paced.stream(), same.paced.stream()).toList()),
            topics.plus(same.topics, recent, centre, rules.similarity(), new TopicLimit.ForInterests(rules)),
            against.plus(same.against, recent, centre, rules.similarity(), new TopicLimit.ForAversions()),
            skipped.plus(same.skipped),
            ids.plus(other.ids),
            declared.plus(other.declared),
            standing
        );
    }

    /**
     * What a replay of the person's events made, in the place of this profile: what they decided and declared stays, topics keep their
     * ids, and no id of an event is forgotten, so that a repeat is noticed still.
     *
     * @param replayed made from nothing
     * @param centre   from where topics are compared
     */
    public Profile rebuiltAs(Profile replayed, CatalogueCentre centre) {
        return new Profile(
            replayed.events,
            replayed.firstEvent,
            replayed.lastEvent,
            replayed.shortTerm,
            replayed.longTerm,
            replayed.paced,
            replayed.topics.namedAfter(topics, centre),
            replayed.against.namedAfter(against, centre),
            replayed.skipped,
            ids.plus(replayed.ids),
            declared,
            standing
        );
    }

    /**
     * What the person says from now on, instead of what they said before.
     *
     * @throws IllegalArgumentException where the evidence has another dimension than what is declared
     */
    public Profile declaring(DeclaredInterests interests) {
        if (interests.isEmpty() == false) {
            with(DeclaredInterests.nothing(), standing).requireDimension("a declared interest", interests.dimension());
        }
        return with(interests, standing);
    }

    /** Out of tracking, or in again. Forgets nothing by itself: whoever wants that as well says so. */
    public Profile optedOut(boolean out) {
        return with(declared, standing.optedOut(out));
    }

    /**
     * Everything is forgotten but the will to be left alone. Evidence up to the given time is refused from now on, and so is evidence
     * as late as the latest that was known.
     */
    public Profile forgotten(long until) {
        return emptied().with(DeclaredInterests.nothing(), standing.forgotten(Math.max(until, latest())));
    }

    /** The latest event's time, one that is on its way into another profile included. */
    private long latest() {
        long own = events == 0 ? ConsentState.NEVER : lastEvent;
        return standing.leaving() == null ? own : Math.max(own, standing.leaving().profile().latest());
    }

    private void requireDimension(String what, int dimension) {
        if (dimension() > 0 && dimension() != dimension) {
            throw new IllegalArgumentException(what + " of [" + dimension + "] dimensions for a profile of [" + dimension() + "]");
        }
    }

    Profile with(ConsentState newStanding) {
        return with(declared, newStanding);
    }

    private Profile with(DeclaredInterests newDeclared, ConsentState newStanding) {
        return new Profile(
            events,
            firstEvent,
            lastEvent,
            shortTerm,
            longTerm,
            paced,
            topics,
            against,
            skipped,
            ids,
            newDeclared,
            newStanding
        );
    }
}
