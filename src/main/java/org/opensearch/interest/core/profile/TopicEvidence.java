package org.opensearch.interest.core.profile;

import java.util.Objects;

/**
 * One event of a topic, or several events of one type with the same item or text. Immutable.
 *
 * @param item   the item's id; null if the events have no item
 * @param text   the text of a search or of a comment; empty for items
 * @param type   the type of the events; empty if unknown
 * @param time   the latest event's time, in milliseconds since 1970
 * @param weight the sum of their weights at that time, > 0
 * @param events the number of the events; events before a time at which this entry was dropped are not counted
 */
public record TopicEvidence(String item, String text, String type, long time, double weight, int events) {
    /** The most characters of a text or type: enough to recognise a search. */
    private static final int LONGEST = 64;
    /**
     * The most times that a new half-life may double a weight: keeps weights finite. Such evidence decays so fast that
     * it soon counts nothing.
     */
    private static final double MAX_DOUBLINGS = 60;

    public TopicEvidence {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(type, "type");
    }

    static TopicEvidence of(Evidence e) {
        String text = e.item() == null && e.source() == Evidence.Source.TEXT ? shortened(e.words()) : "";
        return new TopicEvidence(e.item(), text, shortened(e.type()), e.timestamp(), Math.abs(e.weight()), 1);
    }

    private static String shortened(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        // not between the halves of a surrogate pair
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.substring(0, end);
    }

    boolean isSame(TopicEvidence other) {
        return Objects.equals(item, other.item) && text.equals(other.text) && type.equals(other.type);
    }

    /** The decayed weight at a time, in a topic of that half-life. */
    public double weight(long at, long halfLife) {
        return weight * Math.pow(2, -(double) (at - time) / halfLife);
    }

    /**
     * The same events in a topic that decays by another half-life from a time on. The decayed weight at that time stays
     * the same; the stored weight is scaled as if the new half-life had applied from the start.
     */
    TopicEvidence withHalfLife(long halfLife, long newHalfLife, long from) {
        double halved = (double) (from - time) / halfLife - (double) (from - time) / newHalfLife;
        return halved == 0 ? this
            : new TopicEvidence(
                item, text, type, time, weight * Math.pow(2, -Math.max(-MAX_DOUBLINGS, halved)), events
            );
    }

    /** Removes one of the events. The time stays, because the times of the other events are unknown. */
    TopicEvidence minus(TopicEvidence event, long halfLife) {
        return new TopicEvidence(
            item, text, type, time, Math.max(0, weight - event.weight(time, halfLife)), events - 1
        );
    }

    /** The events of both as one entry. */
    TopicEvidence plus(TopicEvidence other, long halfLife) {
        long later = Math.max(time, other.time);
        return new TopicEvidence(
            item, text, type, later, weight(later, halfLife) + other.weight(later, halfLife), events + other.events
        );
    }
}
