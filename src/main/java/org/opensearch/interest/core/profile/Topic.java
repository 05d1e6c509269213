package org.opensearch.interest.core.profile;

import java.util.Objects;

/**
 * One of the things a user is interested in, or one that they turned down: evidence that is alike, seen from the
 * catalogue's centre. Immutable.
 *
 * @param id        unique within the profile, never given twice
 * @param sum       the topic's evidence, as positive weights
 * @param recent    what its evidence weighs at the last event where it fades by the short-term half-life
 * @param events    how many events joined it
 * @param lastEvent the latest one's time
 * @param reasons   those that carry most of it
 * @param words     what its evidence was called
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
    /** Sums are floats: of what was there before, this much may be left of nothing. */
    private static final double LEFT_OVER = 1e-4;

    public Topic {
        Objects.requireNonNull(sum, "sum");
        Objects.requireNonNull(reasons, "reasons");
        Objects.requireNonNull(words, "words");
    }

    static Topic founded(int id, Evidence e, HalfLives halfLives) {
        DecayedSum empty = DecayedSum.empty(e.halfLife(halfLives.longTerm()));
        return new Topic(id, empty, 0, 0, e.timestamp(), TopicEvidenceList.none(), TermCounts.none())
            .plus(e, halfLives);
    }

    Topic plus(Evidence e, HalfLives halfLives) {
        double weight = Math.abs(e.weight());
        long later = Math.max(lastEvent, e.timestamp());
        // What arrives late has faded by its own half-life until now, not by that of the topic it joins.
        long own = e.halfLife(halfLives.longTerm());
        double left = weight * Math.pow(2, -(double) (later - e.timestamp()) / own);
        long pace = pace(own, left, later);
        return new Topic(
            id, sum.fadingBy(pace, later).plus(e.vector(), e.source(), left, later),
            recent(later, halfLives.shortTerm())
                + weight * Math.pow(2, -(double) (later - e.timestamp()) / halfLives.shortTerm()),
            events + 1, later,
            reasons.fadingBy(sum.halfLife(), pace, later).plus(TopicEvidence.of(e).fadingBy(own, pace, later), pace),
            words.plus(e.words(), weight)
        );
    }

    /** As if this had not joined, though it did. What the topic had from others stays. */
    Topic minus(Evidence e, long shortTerm) {
        double weight = Math.abs(e.weight());
        double less = weight * Math.pow(2, -(double) (lastEvent - e.timestamp()) / shortTerm);
        return new Topic(
            id, sum.plus(e.vector(), e.source(), -weight, e.timestamp()), Math.max(0, recent - less),
            Math.max(1, events - 1), lastEvent, reasons.minus(TopicEvidence.of(e), sum.halfLife()),
            words.minus(e.words(), weight)
        );
    }

    /** Whether next to nothing is left of what it was before. */
    boolean isLeftOver(Topic before) {
        return sum.storedMass() <= LEFT_OVER * before.sum.storedMass();
    }

    /**
     * The half-life of this topic when evidence of another joins: the rate of decay is the mean of both by their mass,
     * which is what they lose together at that moment. Later on the slower part would outlast it; a topic is an
     * estimate.
     */
    private long pace(long other, double mass, long at) {
        if (other == sum.halfLife()) {
            return other;
        }
        double own = sum.mass(at);
        double rate = (own / sum.halfLife() + mass / other) / (own + mass);
        return Double.isFinite(rate) && rate > 0 ? Math.max(1, Math.round(1 / rate)) : sum.halfLife();
    }

    /** What the evidence weighs at a time not before the last event where it fades by the short-term half-life. */
    public double recent(long at, long shortTerm) {
        return recent * Math.pow(2, -(double) (at - lastEvent) / shortTerm);
    }

    /** Two topics as one, under the id of the one with more mass. */
    Topic mergedWith(Topic other, long at, long shortTerm) {
        if (other.sum.mass(at) > sum.mass(at)) {
            return other.mergedWith(this, at, shortTerm);
        }
        long later = Math.max(lastEvent, other.lastEvent);
        long pace = pace(other.sum.halfLife(), other.sum.mass(at), at);
        return new Topic(
            id, sum.fadingBy(pace, later).plus(other.sum.fadingBy(pace, later)),
            recent(later, shortTerm) + other.recent(later, shortTerm), events + other.events, later,
            reasons.fadingBy(sum.halfLife(), pace, later)
                .plus(other.reasons.fadingBy(other.sum.halfLife(), pace, later), pace),
            words.plus(other.words)
        );
    }

    Topic named(int newId) {
        return new Topic(newId, sum, recent, events, lastEvent, reasons, words);
    }

    Topic fadingBy(long halfLife, long from) {
        TopicEvidenceList fading = reasons.fadingBy(sum.halfLife(), halfLife, from);
        return new Topic(id, sum.fadingBy(halfLife, from), recent, events, lastEvent, fading, words);
    }

    /** The id of the item that stands for it: the one that carries most of it at a time; null where none does. */
    public String item(long at) {
        return reasons.heaviest(at, sum.halfLife())
            .stream()
            .map(TopicEvidence::item)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    }
}
