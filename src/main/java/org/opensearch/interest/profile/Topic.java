package org.opensearch.interest.profile;

import java.util.Objects;

/**
 * One of the things a user is interested in: evidence that is alike, seen from the catalogue's centre. Immutable.
 *
 * @param id        unique within the profile, never given twice
 * @param sum       the topic's evidence, fading as the long-term interest does
 * @param events    how many events joined it
 * @param lastEvent the latest one's time
 * @param item      the item that stands for it: the one with most weight when it joined; null where no item did
 * @param itemTime  when that item joined, and
 * @param itemWeight with what weight
 * @param words     what its evidence was called
 */
public record Topic(int id, DecayedSum sum, int events, long lastEvent, String item, long itemTime, double itemWeight, Words words) {
    public Topic {
        Objects.requireNonNull(sum, "sum");
        Objects.requireNonNull(words, "words");
    }

    static Topic founded(int id, Evidence e, long halfLife) {
        return new Topic(id, DecayedSum.empty(halfLife), 0, 0, null, 0, 0, Words.none()).plus(e);
    }

    Topic plus(Evidence e) {
        boolean represents = e.item() != null && (item == null || e.weight() >= fadedItemWeight(e.timestamp()));
        return new Topic(
            id,
            sum.plus(e.vector(), e.source(), e.weight(), e.timestamp()),
            events + 1,
            Math.max(lastEvent, e.timestamp()),
            represents ? e.item() : item,
            represents ? e.timestamp() : itemTime,
            represents ? e.weight() : itemWeight,
            words.plus(e.words(), e.weight())
        );
    }

    /** As if this had not joined, though it did; not the last that is left of it. */
    Topic minus(Evidence e) {
        boolean represented = e.item() != null && e.item().equals(item) && e.timestamp() == itemTime;
        return new Topic(
            id,
            sum.plus(e.vector(), e.source(), -e.weight(), e.timestamp()),
            events - 1,
            lastEvent,
            represented ? null : item,
            represented ? 0 : itemTime,
            represented ? 0 : itemWeight,
            words.minus(e.words(), e.weight())
        );
    }

    private double fadedItemWeight(long at) {
        return itemWeight * Math.pow(2, -(double) (at - itemTime) / sum.halfLife());
    }

    /** Two topics as one, under the id of the one with more mass. */
    Topic mergedWith(Topic other, long at) {
        if (other.sum.mass(at) > sum.mass(at)) {
            return other.mergedWith(this, at);
        }
        boolean mine = item != null && (other.item == null || fadedItemWeight(at) >= other.fadedItemWeight(at));
        return new Topic(
            id,
            sum.plus(other.sum),
            events + other.events,
            Math.max(lastEvent, other.lastEvent),
            mine ? item : other.item,
            mine ? itemTime : other.itemTime,
            mine ? itemWeight : other.itemWeight,
            words.plus(other.words)
        );
    }

    Topic named(int newId) {
        return new Topic(newId, sum, events, lastEvent, item, itemTime, itemWeight, words);
    }

    Topic fadingBy(long halfLife, long from) {
        return new Topic(id, sum.fadingBy(halfLife, from), events, lastEvent, item, itemTime, itemWeight, words);
    }
}
