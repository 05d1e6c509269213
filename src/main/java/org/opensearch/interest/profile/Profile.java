package org.opensearch.interest.profile;

import java.util.Objects;

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
 */
public record Profile(
    long events,
    long firstEvent,
    long lastEvent,
    DecayedSum shortTerm,
    DecayedSum longTerm,
    DecayedSum negative,
    Topics topics,
    EventIds ids
) {
    public Profile {
        Objects.requireNonNull(shortTerm, "shortTerm");
        Objects.requireNonNull(longTerm, "longTerm");
        Objects.requireNonNull(negative, "negative");
        Objects.requireNonNull(topics, "topics");
        Objects.requireNonNull(ids, "ids");
        if (events < 0 || firstEvent > lastEvent) {
            throw new IllegalArgumentException("[" + events + "] events from [" + firstEvent + "] to [" + lastEvent + "]");
        }
    }

    public static Profile empty(HalfLives halfLives) {
        DecayedSum lasting = DecayedSum.empty(halfLives.longTerm());
        return new Profile(0, 0, 0, DecayedSum.empty(halfLives.shortTerm()), lasting, lasting, Topics.none(), EventIds.none());
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
            ids
        );
    }

    /** Whether this evidence was applied before, as far as the memory for ids reaches. */
    public boolean knows(Evidence evidence) {
        return evidence.id().isPresent() && ids.contains(evidence.id().getAsLong());
    }

    /**
     * One more event. The caller has asked {@link #knows} before.
     *
     * @param centre from where evidence is compared with topics
     */
    public Profile plus(Evidence e, Centre centre, TopicRules rules) {
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
            e.id().isPresent() ? ids.plus(e.id().getAsLong()) : ids
        );
    }
}
