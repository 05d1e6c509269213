package org.opensearch.interest.core.profile;

import java.util.Objects;

/**
 * A topic of interest, or a negative topic: evidence that is similar after the catalogue's means are subtracted.
 * Immutable.
 *
 * @param id        unique within the profile, never used twice
 * @param sum       the topic's evidence, with positive weights
 * @param recent    the mass of its evidence at the last event, by the short-term half-life
 * @param events    the number of its events
 * @param lastEvent the latest event's time, in milliseconds since 1970
 * @param reasons   the events with the most weight
 * @param words     words of its evidence's titles and texts
 */
public record Topic(
    int id,
    DecayedSum sum,
    double recent,
    int events,
    long lastEvent,
    TopicEvidenceList reasons,
    TermCounts words
) {
    /** Float rounding: a topic counts as empty if its mass is at most this share of the mass before. */
    private static final double ROUNDING = 1e-4;

    public Topic {
        Objects.requireNonNull(sum, "sum");
        Objects.requireNonNull(reasons, "reasons");
        Objects.requireNonNull(words, "words");
    }

    static Topic of(int id, Evidence e, HalfLives halfLives) {
        DecayedSum empty = DecayedSum.empty(e.halfLife(halfLives.longTerm()));
        return new Topic(id, empty, 0, 0, e.timestamp(), TopicEvidenceList.none(), TermCounts.none())
            .plus(e, halfLives);
    }

    Topic plus(Evidence e, HalfLives halfLives) {
        double weight = Math.abs(e.weight());
        long later = Math.max(lastEvent, e.timestamp());
        // late evidence has decayed by its own half-life until now, not by that of the topic
        long own = e.halfLife(halfLives.longTerm());
        double remaining = weight * Math.pow(2, -(double) (later - e.timestamp()) / own);
        long mean = meanHalfLife(own, remaining, later);
        return new Topic(
            id, sum.withHalfLife(mean, later).plus(e.vector(), e.source(), remaining, later),
            recent(later, halfLives.shortTerm())
                + weight * Math.pow(2, -(double) (later - e.timestamp()) / halfLives.shortTerm()),
            events + 1, later,
            reasons.withHalfLife(sum.halfLife(), mean, later)
                .plus(TopicEvidence.of(e).withHalfLife(own, mean, later), mean),
            words.plus(e.words(), weight)
        );
    }

    /** Removes evidence that was added to this topic. The evidence of other events stays. */
    Topic minus(Evidence e, long shortTerm) {
        double weight = Math.abs(e.weight());
        double removed = weight * Math.pow(2, -(double) (lastEvent - e.timestamp()) / shortTerm);
        return new Topic(
            id, sum.plus(e.vector(), e.source(), -weight, e.timestamp()), Math.max(0, recent - removed),
            Math.max(1, events - 1), lastEvent, reasons.minus(TopicEvidence.of(e), sum.halfLife()),
            words.minus(e.words(), weight)
        );
    }

    /** Whether nothing but rounding errors is left of the earlier state. */
    boolean isEmptyComparedWith(Topic before) {
        return sum.storedMass() <= ROUNDING * before.sum.storedMass();
    }

    /**
     * The half-life of this topic after evidence of another half-life is added. Its rate of decay is the mean of both
     * rates by mass, which is exact at that time. Later the true decay would be slower, because the evidence that
     * decays slowly remains; a topic is an estimate.
     */
    private long meanHalfLife(long other, double mass, long at) {
        if (other == sum.halfLife()) {
            return other;
        }
        double own = sum.mass(at);
        double rate = (own / sum.halfLife() + mass / other) / (own + mass);
        return Double.isFinite(rate) && rate > 0 ? Math.max(1, Math.round(1 / rate)) : sum.halfLife();
    }

    /** The mass by the short-term half-life, at a time not before the last event. */
    public double recent(long at, long shortTerm) {
        return recent * Math.pow(2, -(double) (at - lastEvent) / shortTerm);
    }

    /** The union of two topics, under the id of the one with more mass. */
    Topic mergedWith(Topic other, long at, long shortTerm) {
        if (other.sum.mass(at) > sum.mass(at)) {
            return other.mergedWith(this, at, shortTerm);
        }
        long later = Math.max(lastEvent, other.lastEvent);
        long mean = meanHalfLife(other.sum.halfLife(), other.sum.mass(at), at);
        return new Topic(
            id, sum.withHalfLife(mean, later).plus(other.sum.withHalfLife(mean, later)),
            recent(later, shortTerm) + other.recent(later, shortTerm), events + other.events, later,
            reasons.withHalfLife(sum.halfLife(), mean, later)
                .plus(other.reasons.withHalfLife(other.sum.halfLife(), mean, later), mean),
            words.plus(other.words)
        );
    }

    Topic withId(int newId) {
        return new Topic(newId, sum, recent, events, lastEvent, reasons, words);
    }

    /** The same topic, which decays by another half-life from a time on. */
    Topic withHalfLife(long halfLife, long from) {
        TopicEvidenceList adapted = reasons.withHalfLife(sum.halfLife(), halfLife, from);
        return new Topic(id, sum.withHalfLife(halfLife, from), recent, events, lastEvent, adapted, words);
    }

    /** The id of the topic's example item: the item with the most weight at a time; null if there is none. */
    public String item(long at) {
        return reasons.heaviest(at, sum.halfLife())
            .stream()
            .map(TopicEvidence::item)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    }
}
