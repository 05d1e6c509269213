package org.opensearch.interest.core.profile;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Everything that is stored of one user. Immutable: each change makes a new profile. The decayed sums do not depend on
 * the order in which evidence arrives, nor on repeats of evidence with an id.
 *
 * @param span     number and times of the applied events
 * @param sums     the exact sums of their evidence
 * @param topics   the topics of the user's interest, an estimate
 * @param against  the negative topics, with positive weights; together they hold all evidence of dislikes
 * @param ids      the ids of the events
 * @param declared the interests that the user stated
 * @param consent  opt-out, deletion time and merges
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
        Objects.requireNonNull(consent, "consent");
    }

    public static Profile empty(HalfLives halfLives) {
        return empty(Sums.empty(halfLives));
    }

    private static Profile empty(Sums sums) {
        return new Profile(
            EventSpan.NONE, sums, Topics.none(), Topics.none(), EventIds.none(), DeclaredInterests.nothing(),
            ConsentState.initial()
        );
    }

    /** An empty profile with the same half-lives. */
    Profile emptied() {
        return empty(sums.emptied());
    }

    /** The number of applied events, ≥ 0. */
    public long events() {
        return span.events();
    }

    /** The earliest event's time, in milliseconds since 1970; 0 if there is none. */
    public long firstEvent() {
        return span.first();
    }

    /** The latest event's time, in milliseconds since 1970; 0 if there is none. */
    public long lastEvent() {
        return span.last();
    }

    /** The sum that decays by the short-term half-life. */
    public DecayedSum shortTerm() {
        return sums.shortTerm();
    }

    /** The sum that decays by the long-term half-life: the same evidence without that of {@link #sumsByHalfLife}. */
    public DecayedSum longTerm() {
        return sums.longTerm();
    }

    /** The sums of evidence whose signal has its own long-term half-life: one sum per half-life, shortest first. */
    public List<DecayedSum> sumsByHalfLife() {
        return sums.sumsByHalfLife();
    }

    /**
     * The sum of items that were shown and not clicked, with positive weights; by default of the short-term half-life.
     */
    public DecayedSum skipped() {
        return sums.skipped();
    }

    /**
     * The same profile with the half-lives of a changed tracker. From the last event on, all sums and topics decay by
     * the new half-lives; their values at that time stay. Returns this object if nothing changes.
     */
    public Profile under(HalfLives halfLives) {
        Sums adapted = sums.under(halfLives, span.last());
        return adapted == sums ? this
            : withEvents(span, adapted, adapted(topics, adapted), adapted(against, adapted), ids);
    }

    /** Topics that decay from the last event on by half-lives scaled to those of the other sums. */
    private Topics adapted(Topics own, Sums others) {
        return own.withScaledHalfLives((double) others.longTerm().halfLife() / sums.longTerm().halfLife(), span.last());
    }

    /** The same user with other evidence. */
    private Profile withEvents(EventSpan newSpan, Sums newSums, Topics newTopics, Topics newAgainst, EventIds newIds) {
        return new Profile(newSpan, newSums, newTopics, newAgainst, newIds, declared, consent);
    }

    /** The dimension of the profile's vectors; 0 if there are none yet. */
    public int dimension() {
        int negativeTopics = against.list().isEmpty() ? 0 : against.list().get(0).sum().sum().length;
        return Math.max(Math.max(declared.dimension(), negativeTopics), sums.dimension());
    }

    /** The long-term interest at a time: the long-term evidence plus the declared interests. */
    public DecayedSum lasting(long at) {
        return declared.addedTo(learned(at), at);
    }

    /** All long-term evidence as one sum at a time, whatever its half-life. */
    public DecayedSum learned(long at) {
        return sums.learned(at);
    }

    /** All evidence of dislikes as one sum, with positive weights; skipped impressions are not in it. */
    public DecayedSum negative() {
        return against.sum(longTerm().halfLife(), lastEvent());
    }

    /**
     * Whether nothing is known of the user: no evidence, no declared interest, no merge under way and no opt-out.
     * Deleted evidence is not known.
     */
    public boolean isUnknown() {
        return events() == 0 && declared.isEmpty() && consent.leaving() == null && consent.optOut() == false;
    }

    /** Whether this evidence was applied before, as far as ids are remembered. */
    public boolean knows(Evidence evidence) {
        return remembers(evidence.id());
    }

    /** Whether an event of that id was applied before, as far as ids are remembered. */
    public boolean remembers(OptionalLong id) {
        return id.isPresent() && ids.contains(id.getAsLong());
    }

    /**
     * Whether this evidence must not be applied: the user opted out, or deleted everything up to its time.
     */
    public boolean refuses(Evidence evidence) {
        return refuses(evidence.timestamp());
    }

    /** Whether evidence of that time must not be applied. */
    public boolean refuses(long timestamp) {
        return consent.refuses(timestamp);
    }

    /**
     * Adds one event. The caller checks {@link #knows} and {@link #refuses} before.
     *
     * @param centre the means to subtract before evidence is compared with topics
     * @throws IllegalArgumentException if the evidence has another dimension than the profile
     */
    public Profile plus(Evidence e, CatalogueCentre centre, TopicSettings rules) {
        requireDimension("evidence", e.vector().length);
        HalfLives halfLives = new HalfLives(shortTerm().halfLife(), longTerm().halfLife());
        return withEvents(
            span.plus(e.timestamp()), sums.plus(e),
            e.isPositive() ? topics.plus(e, halfLives, centre, rules.similarity(), new TopicLimit.ForTopics(rules))
                : topics,
            e.isDislike() ? against.plus(e, halfLives, centre, rules.similarity(), new TopicLimit.ForNegativeTopics())
                : against,
            e.id().isPresent() ? ids.plus(e.id().getAsLong()) : ids
        );
    }

    /**
     * Removes one event, for the case that the other events cannot be replayed. The sums become those of the other
     * events, up to the last bit of a float. Topics stay estimates, and the times of the first and the last event stay
     * as bounds.
     *
     * @param e as it was when it was applied
     */
    public Profile minus(Evidence e, CatalogueCentre centre) {
        if (events() <= 1) {
            return emptied().with(declared, consent);
        }
        return withEvents(
            span.minusOne(), sums.minus(e), e.isPositive() ? topics.minus(e, shortTerm().halfLife(), centre) : topics,
            e.isDislike() ? against.minus(e, shortTerm().halfLife(), centre) : against, ids
        ).without(e.id());
    }

    /** Drops one event's id, so that the event counts as new if it arrives again. */
    public Profile without(OptionalLong id) {
        return withEvents(span, sums, topics, against, id.isPresent() ? ids.without(id.getAsLong()) : ids);
    }

    /**
     * Merges another user's profile into this one: the sums are those of both histories in one profile, in either
     * direction of the merge. The consent state of this one stays.
     *
     * @throws IllegalArgumentException if the two have different dimensions
     */
    public Profile plus(Profile other, CatalogueCentre centre, TopicSettings rules) {
        if (other.dimension() > 0) {
            requireDimension("a profile", other.dimension());
        }
        long recent = shortTerm().halfLife();
        return new Profile(
            span.plus(other.span), sums.plus(other.sums, other.span.last()),
            topics.plus(
                other.adapted(other.topics, sums), recent, centre, rules.similarity(), new TopicLimit.ForTopics(rules)
            ),
            against.plus(
                other.adapted(other.against, sums), recent, centre, rules.similarity(),
                new TopicLimit.ForNegativeTopics()
            ), ids.plus(other.ids), declared.plus(other.declared), consent
        );
    }

    /**
     * Replaces the evidence of this profile by that of a replay of the user's events. Consent state and declared
     * interests stay, topics keep their ids, and all ids of events stay, so that repeats are still recognised.
     *
     * @param replayed the result of a replay into an empty profile
     * @param centre   the means to subtract before topics are compared
     */
    public Profile rebuiltAs(Profile replayed, CatalogueCentre centre) {
        return withEvents(
            replayed.span, replayed.sums, replayed.topics.withIdsOf(topics, centre),
            replayed.against.withIdsOf(against, centre), ids.plus(replayed.ids)
        );
    }

    /**
     * Replaces the declared interests.
     *
     * @throws IllegalArgumentException if the evidence has another dimension than the declared interests
     */
    public Profile declaring(DeclaredInterests interests) {
        if (interests.isEmpty() == false) {
            with(DeclaredInterests.nothing(), consent).requireDimension("a declared interest", interests.dimension());
        }
        return with(interests, consent);
    }

    /** Opts out of tracking, or in again. Deletes nothing; {@link #forgotten} does. */
    public Profile optedOut(boolean out) {
        return with(declared, consent.optedOut(out));
    }

    /**
     * Deletes everything but the opt-out. Evidence up to the given time is refused from now on, and so is evidence up
     * to the latest event of the profile, if that is later.
     */
    public Profile forgotten(long until) {
        return emptied().with(DeclaredInterests.nothing(), consent.forgotten(Math.max(until, latest())));
    }

    /**
     * The latest event's time, including events that are moving into another profile; {@link ConsentState#NEVER} if
     * none.
     */
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

    Profile with(ConsentState newConsent) {
        return with(declared, newConsent);
    }

    private Profile with(DeclaredInterests newDeclared, ConsentState newConsent) {
        return new Profile(span, sums, topics, against, ids, newDeclared, newConsent);
    }
}
