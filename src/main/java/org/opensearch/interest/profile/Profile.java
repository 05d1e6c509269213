package org.opensearch.interest.profile;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * All that is remembered of one user. Immutable: evidence makes a new profile. The decayed sums do not depend on the order in
 * which evidence arrives, nor on repeats of evidence with an id.
 *
 * @param events     how many events were applied, ≥ 0
 * @param firstEvent the earliest event's time, in milliseconds since 1970; 0 where there is none
 * @param lastEvent  the latest event's time
 * @param shortTerm  recent evidence
 * @param longTerm   the same evidence, fading slowly
 * @param negative   evidence against, as positive weights, fading slowly
 * @param topics     the things the user is interested in, an estimate; the sums above are exact
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
    DecayedSum negative,
    Topics topics,
    EventIds ids,
    Declared declared,
    Standing standing
) {
    public Profile {
        Objects.requireNonNull(shortTerm, "shortTerm");
        Objects.requireNonNull(longTerm, "longTerm");
        Objects.requireNonNull(negative, "negative");
        Objects.requireNonNull(topics, "topics");
        Objects.requireNonNull(ids, "ids");
        Objects.requireNonNull(declared, "declared");
        Objects.requireNonNull(standing, "standing");
        if (events < 0 || firstEvent > lastEvent) {
            throw new IllegalArgumentException("[" + events + "] events from [" + firstEvent + "] to [" + lastEvent + "]");
        }
    }

    public static Profile empty(HalfLives halfLives) {
        DecayedSum lasting = DecayedSum.empty(halfLives.longTerm());
        DecayedSum recent = DecayedSum.empty(halfLives.shortTerm());
        return new Profile(0, 0, 0, recent, lasting, lasting, Topics.none(), EventIds.none(), Declared.nothing(), Standing.plain());
    }

    HalfLives halfLives() {
        return new HalfLives(shortTerm.halfLife(), longTerm.halfLife());
    }

    /** The same profile under a tracker whose half-lives may have changed: what is believed now fades by the new ones from now on. */
    public Profile under(HalfLives halfLives) {
        return new Profile(
            events,
            firstEvent,
            lastEvent,
            shortTerm.fadingBy(halfLives.shortTerm(), lastEvent),
            longTerm.fadingBy(halfLives.longTerm(), lastEvent),
            negative.fadingBy(halfLives.longTerm(), lastEvent),
            topics.fadingBy(halfLives.longTerm(), lastEvent),
            ids,
            declared,
            standing
        );
    }

    /** How long the vectors are that the profile is about; 0 where there are none yet. */
    public int dimension() {
        return Math.max(declared.dimension(), Math.max(longTerm.sum().length, negative.sum().length));
    }

    /** What lasts of a user's interest at a time: the long-term evidence, and what the person declared. */
    public DecayedSum lasting(long at) {
        return declared.joining(longTerm, at);
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
    public Profile plus(Evidence e, Centre centre, TopicRules rules) {
        requireDimension("evidence", e.vector().length);
        boolean against = e.weight() < 0;
        boolean speaksFor = e.weight() > 0;
        return new Profile(
            events + 1,
            events == 0 ? e.timestamp() : Math.min(firstEvent, e.timestamp()),
            Math.max(lastEvent, e.timestamp()),
            speaksFor ? shortTerm.plus(e.vector(), e.source(), e.weight(), e.timestamp()) : shortTerm,
            speaksFor ? longTerm.plus(e.vector(), e.source(), e.weight(), e.timestamp()) : longTerm,
            against ? negative.plus(e.vector(), e.source(), -e.weight(), e.timestamp()) : negative,
            speaksFor ? topics.plus(e, longTerm.halfLife(), centre, rules) : topics,
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
    public Profile minus(Evidence e, Centre centre) {
        if (events <= 1) {
            return empty(halfLives()).with(declared, standing);
        }
        boolean against = e.weight() < 0;
        boolean speaksFor = e.weight() > 0;
        return new Profile(
            events - 1,
            firstEvent,
            lastEvent,
            speaksFor ? shortTerm.plus(e.vector(), e.source(), -e.weight(), e.timestamp()) : shortTerm,
            speaksFor ? longTerm.plus(e.vector(), e.source(), -e.weight(), e.timestamp()) : longTerm,
            against ? negative.plus(e.vector(), e.source(), e.weight(), e.timestamp()) : negative,
            speaksFor ? topics.minus(e, centre) : topics,
            ids,
            declared,
            standing
        ).without(e.id());
    }

    /** The same with one event's id forgotten: that event is new if it comes again. */
    public Profile without(OptionalLong id) {
        EventIds rest = id.isPresent() ? ids.without(id.getAsLong()) : ids;
        return new Profile(events, firstEvent, lastEvent, shortTerm, longTerm, negative, topics, rest, declared, standing);
    }

    /**
     * Two people's profiles as one: the sums are those of both histories in one profile, whichever joins the other. This one's
     * standing stays.
     *
     * @throws IllegalArgumentException where the two have different dimensions
     */
    public Profile plus(Profile other, Centre centre, TopicRules rules) {
        if (other.dimension() > 0) {
            requireDimension("a profile", other.dimension());
        }
        Profile same = other.under(halfLives());
        boolean mine = events > 0;
        boolean theirs = other.events > 0;
        return new Profile(
            events + other.events,
            mine && theirs ? Math.min(firstEvent, other.firstEvent) : mine ? firstEvent : other.firstEvent,
            Math.max(lastEvent, other.lastEvent),
            shortTerm.plus(same.shortTerm),
            longTerm.plus(same.longTerm),
            negative.plus(same.negative),
            topics.plus(same.topics, centre, rules),
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
    public Profile rebuiltAs(Profile replayed, Centre centre) {
        return new Profile(
            replayed.events,
            replayed.firstEvent,
            replayed.lastEvent,
            replayed.shortTerm,
            replayed.longTerm,
            replayed.negative,
            replayed.topics.namedAfter(topics, centre),
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
    public Profile declaring(Declared interests) {
        if (interests.isEmpty() == false) {
            with(Declared.nothing(), standing).requireDimension("a declared interest", interests.dimension());
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
        return empty(halfLives()).with(Declared.nothing(), standing.forgotten(Math.max(until, latest())));
    }

    /** The latest event's time, one that is on its way into another profile included. */
    private long latest() {
        long own = events == 0 ? Standing.NEVER : lastEvent;
        return standing.leaving() == null ? own : Math.max(own, standing.leaving().profile().latest());
    }

    private void requireDimension(String what, int dimension) {
        if (dimension() > 0 && dimension() != dimension) {
            throw new IllegalArgumentException(what + " of [" + dimension + "] dimensions for a profile of [" + dimension() + "]");
        }
    }

    Profile with(Standing newStanding) {
        return with(declared, newStanding);
    }

    private Profile with(Declared newDeclared, Standing newStanding) {
        return new Profile(events, firstEvent, lastEvent, shortTerm, longTerm, negative, topics, ids, newDeclared, newStanding);
    }
}
