package org.opensearch.interest.core.profile;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * All that is remembered of one user. Immutable: evidence makes a new profile. The decayed sums do not depend on the
 * order in which evidence arrives, nor on repeats of evidence with an id.
 *
 * @param span     of the events that were applied
 * @param sums     their evidence, exact
 * @param topics   the things the user is interested in, an estimate
 * @param against  the things the user turned down, as positive weights; together they are all evidence against
 * @param ids      the ids that events came with
 * @param declared what the person says to be interested in
 * @param consent  what the person decided about being known
 */
public record Profile(
    EventSpan span,
    Sums sums,
    Topics topics,
    Topics against,
    EventIds ids,
    DeclaredInterests declared,
    ConsentState consent
) {
    public Profile {
        Objects.requireNonNull(span, "span");
        Objects.requireNonNull(sums, "sums");
        Objects.requireNonNull(topics, "topics");
        Objects.requireNonNull(against, "against");
        Objects.requireNonNull(ids, "ids");
        Objects.requireNonNull(declared, "declared");
        Objects.requireNonNull(consent, "standing");
    }

    public static Profile empty(HalfLives halfLives) {
        return empty(Sums.empty(halfLives));
    }

    private static Profile empty(Sums sums) {
        return new Profile(
            EventSpan.NONE, sums, Topics.none(), Topics.none(), EventIds.none(), DeclaredInterests.nothing(),
            ConsentState.plain()
        );
    }

    /** Nothing but how fast it fades. */
    Profile emptied() {
        return empty(sums.emptied());
    }

    /** How many events were applied, ≥ 0. */
    public long events() {
        return span.events();
    }

    /** The earliest event's time, in milliseconds since 1970; 0 where there is none. */
    public long firstEvent() {
        return span.first();
    }

    /** The latest event's time; 0 where there is none. */
    public long lastEvent() {
        return span.last();
    }

    /** Recent evidence. */
    public DecayedSum shortTerm() {
        return sums.shortTerm();
    }

    /** The same evidence, fading slowly. */
    public DecayedSum longTerm() {
        return sums.longTerm();
    }

    /** Evidence with a half-life of its own, one sum a half-life, in their order. */
    public List<DecayedSum> paced() {
        return sums.paced();
    }

    /** What was shown and passed over, as positive weights; soon forgotten. */
    public DecayedSum skipped() {
        return sums.skipped();
    }

    /**
     * The same profile under a tracker whose half-lives may have changed: what is believed now fades by the new ones
     * from now on.
     */
    public Profile under(HalfLives halfLives) {
        Sums adapted = sums.under(halfLives, span.last());
        return adapted == sums ? this : learning(span, adapted, fading(topics, adapted), fading(against, adapted), ids);
    }

    /** Topics by the pace of other sums from the last event on. */
    private Topics fading(Topics own, Sums others) {
        return own.fadingBy((double) others.longTerm().halfLife() / sums.longTerm().halfLife(), span.last());
    }

    /** Another memory of events, of the same person. */
    private Profile learning(EventSpan newSpan, Sums newSums, Topics newTopics, Topics newAgainst, EventIds newIds) {
        return new Profile(newSpan, newSums, newTopics, newAgainst, newIds, declared, consent);
    }

    /** How long the vectors are that the profile is about; 0 where there are none yet. */
    public int dimension() {
        int turnedDown = against.list().isEmpty() ? 0 : against.list().get(0).sum().sum().length;
        return Math.max(Math.max(declared.dimension(), turnedDown), sums.dimension());
    }

    /** What lasts of a user's interest at a time: the long-term evidence, and what the person declared. */
    public DecayedSum lasting(long at) {
        return declared.joining(learned(at), at);
    }

    /** All long-term evidence as one sum at a time, whatever the pace it fades at. */
    public DecayedSum learned(long at) {
        return sums.learned(at);
    }

    /** All evidence against as one sum, as positive weights; what was only passed over is not in it. */
    public DecayedSum negative() {
        return against.sum(longTerm().halfLife(), lastEvent());
    }

    /**
     * Whether nothing is known of the person: neither evidence, nor anything they said. What was forgotten is not
     * known.
     */
    public boolean isUnknown() {
        return events() == 0 && declared.isEmpty() && consent.leaving() == null && consent.optOut() == false;
    }

    /** Whether this evidence was applied before, as far as the memory for ids reaches. */
    public boolean knows(Evidence evidence) {
        return remembers(evidence.id());
    }

    /** Whether an event of that id was applied before, as far as the memory for ids reaches. */
    public boolean remembers(OptionalLong id) {
        return id.isPresent() && ids.contains(id.getAsLong());
    }

    /**
     * Whether this evidence must not be applied: the person is out of tracking, or had everything up to then forgotten.
     */
    public boolean refuses(Evidence evidence) {
        return refuses(evidence.timestamp());
    }

    /** The same of anything that happened at that time. */
    public boolean refuses(long timestamp) {
        return consent.refuses(timestamp);
    }

    /**
     * One more event. The caller has asked {@link #knows} and {@link #refuses} before.
     *
     * @param centre from where evidence is compared with topics
     * @throws IllegalArgumentException where the evidence has another dimension than the profile
     */
    public Profile plus(Evidence e, CatalogueCentre centre, TopicSettings rules) {
        requireDimension("evidence", e.vector().length);
        HalfLives halfLives = new HalfLives(shortTerm().halfLife(), longTerm().halfLife());
        return learning(
            span.plus(e.timestamp()), sums.plus(e),
            e.speaksFor() ? topics.plus(e, halfLives, centre, rules.similarity(), new TopicLimit.ForInterests(rules))
                : topics,
            e.speaksAgainst() ? against.plus(e, halfLives, centre, rules.similarity(), new TopicLimit.ForAversions())
                : against,
            e.id().isPresent() ? ids.plus(e.id().getAsLong()) : ids
        );
    }

    /**
     * As if one event had not been, where the others cannot be replayed. The sums are those of the other events, up to
     * the last bit of a float; topics are estimates as ever, and the first and the last event's times stay as bounds.
     *
     * @param e as it was when it was applied
     */
    public Profile minus(Evidence e, CatalogueCentre centre) {
        if (events() <= 1) {
            return emptied().with(declared, consent);
        }
        return learning(
            span.minusOne(), sums.minus(e), e.speaksFor() ? topics.minus(e, shortTerm().halfLife(), centre) : topics,
            e.speaksAgainst() ? against.minus(e, shortTerm().halfLife(), centre) : against, ids
        ).without(e.id());
    }

    /** The same with one event's id forgotten: that event is new if it comes again. */
    public Profile without(OptionalLong id) {
        return learning(span, sums, topics, against, id.isPresent() ? ids.without(id.getAsLong()) : ids);
    }

    /**
     * Two people's profiles as one: the sums are those of both histories in one profile, whichever joins the other.
     * This one's standing stays.
     *
     * @throws IllegalArgumentException where the two have different dimensions
     */
    public Profile plus(Profile other, CatalogueCentre centre, TopicSettings rules) {
        if (other.dimension() > 0) {
            requireDimension("a profile", other.dimension());
        }
        long recent = shortTerm().halfLife();
        return new Profile(
            span.plus(other.span), sums.plus(other.sums, other.span.last()),
            topics.plus(
                other.fading(other.topics, sums), recent, centre, rules.similarity(), new TopicLimit.ForInterests(rules)
            ),
            against.plus(
                other.fading(other.against, sums), recent, centre, rules.similarity(), new TopicLimit.ForAversions()
            ), ids.plus(other.ids), declared.plus(other.declared), consent
        );
    }

    /**
     * What a replay of the person's events made, in the place of this profile: what they decided and declared stays,
     * topics keep their ids, and no id of an event is forgotten, so that a repeat is noticed still.
     *
     * @param replayed made from nothing
     * @param centre   from where topics are compared
     */
    public Profile rebuiltAs(Profile replayed, CatalogueCentre centre) {
        return learning(
            replayed.span, replayed.sums, replayed.topics.namedAfter(topics, centre),
            replayed.against.namedAfter(against, centre), ids.plus(replayed.ids)
        );
    }

    /**
     * What the person says from now on, instead of what they said before.
     *
     * @throws IllegalArgumentException where the evidence has another dimension than what is declared
     */
    public Profile declaring(DeclaredInterests interests) {
        if (interests.isEmpty() == false) {
            with(DeclaredInterests.nothing(), consent).requireDimension("a declared interest", interests.dimension());
        }
        return with(interests, consent);
    }

    /** Out of tracking, or in again. Forgets nothing by itself: whoever wants that as well says so. */
    public Profile optedOut(boolean out) {
        return with(declared, consent.optedOut(out));
    }

    /**
     * Everything is forgotten but the will to be left alone. Evidence up to the given time is refused from now on, and
     * so is evidence as late as the latest that was known.
     */
    public Profile forgotten(long until) {
        return emptied().with(DeclaredInterests.nothing(), consent.forgotten(Math.max(until, latest())));
    }

    /** The latest event's time, one that is on its way into another profile included. */
    private long latest() {
        long own = events() == 0 ? ConsentState.NEVER : lastEvent();
        return consent.leaving() == null ? own : Math.max(own, consent.leaving().profile().latest());
    }

    private void requireDimension(String what, int dimension) {
        if (dimension() > 0 && dimension() != dimension) {
            throw new IllegalArgumentException(
                what + " of [" + dimension + "] dimensions for a profile of [" + dimension() + "]"
            );
        }
    }

    Profile with(ConsentState newStanding) {
        return with(declared, newStanding);
    }

    private Profile with(DeclaredInterests newDeclared, ConsentState newStanding) {
        return new Profile(span, sums, topics, against, ids, newDeclared, newStanding);
    }
}
