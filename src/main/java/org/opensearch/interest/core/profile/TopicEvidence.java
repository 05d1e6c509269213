package org.opensearch.interest.core.profile;

import java.util.Objects;

/**
 * One of the events that a topic rests on, or several of one type about the same thing. Immutable.
 *
 * @param item   the item's id; null where it was none
 * @param text   what was searched or said; empty for items
 * @param type   the events'; empty where nobody knows
 * @param time   the latest one's, in milliseconds since 1970
 * @param weight what they weigh together at that time, > 0
 * @param events how many they are, as far as they were remembered in between
 */
public record TopicEvidence(String item, String text, String type, long time, double weight, int events) {
    /** Characters of a text or type: enough to recognise a search by. */
    private static final int LONGEST = 64;
    /**
     * Half-lives that a topic's pace may have been faster than its reason's: keeps weights finite. What fades so fast
     * is gone soon.
     */
    private static final double FASTEST = 60;

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

    /** What it weighs at a time, in a topic of that half-life. */
    public double weight(long at, long halfLife) {
        return weight * Math.pow(2, -(double) (at - time) / halfLife);
    }

    /**
     * The same reason in a topic that fades by another half-life from a time on: what it weighs then is what it
     * weighed, and its weight is told so that it looks as if it had faded so from the start.
     */
    TopicEvidence fadingBy(long halfLife, long newHalfLife, long from) {
        double halved = (double) (from - time) / halfLife - (double) (from - time) / newHalfLife;
        return halved == 0 ? this
            : new TopicEvidence(item, text, type, time, weight * Math.pow(2, -Math.max(-FASTEST, halved)), events);
    }

    /** Without one of the events that it stands for; when the others were is not known any longer. */
    TopicEvidence minus(TopicEvidence one, long halfLife) {
        return new TopicEvidence(item, text, type, time, Math.max(0, weight - one.weight(time, halfLife)), events - 1);
    }

    /** Both as one. */
    TopicEvidence plus(TopicEvidence other, long halfLife) {
        long later = Math.max(time, other.time);
        return new TopicEvidence(
            item, text, type, later, weight(later, halfLife) + other.weight(later, halfLife), events + other.events
        );
    }
}
