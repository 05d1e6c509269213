package org.opensearch.interest.core.ranking;

import java.util.Locale;
import java.util.Objects;

/**
 * Relevance and interest as one score, computed from one document alone, so that it is the same on every shard. For
 * every form: the score grows with both parts; weight 0 gives relevance untouched, weight 1 gives interest; finite and
 * ≥ 0. Immutable.
 *
 * @param form   how the two are put together
 * @param weight in [0,1]: the share of interest
 * @param pivot  of {@link Form#SATURATION} alone: the relevance that counts half; finite and above 0; null for every
 *               other form
 */
public record RelevanceBlend(Form form, float weight, Float pivot) {
    /**
     * Stands in for a relevance of zero (an inner query that only filters), so that interest still orders such hits.
     */
    private static final double FLOOR = 1e-6;
    /** Far above any relevance, and far enough below a float's end for boosts. */
    private static final double CEILING = 1e30;

    /** How relevance s, interest i and weight w make one score. */
    public enum Form {
        /**
         * s^(1−w) · i^w. Text relevance has no upper bound and no fixed scale; in a weighted geometric mean a change of
         * its scale multiplies every score alike, so the order does not depend on it. The ratio of two relevances
         * counts: a query whose scores lie close together is reordered more than one whose scores lie far apart, at the
         * same weight.
         */
        GEOMETRIC,
        /** (1−w) · s/(s + pivot) + w · i, in [0,1]: each part has a fixed share, and somebody must know the pivot. */
        SATURATION,
        /**
         * s · (2i)^(w/(1−w)): the order of {@link #GEOMETRIC}, on the scale of relevance. A neutral item keeps its
         * relevance, so the sum with other clauses, {@code min_score} and hits that nobody rescored keep their meaning.
         * From weight 0.98 on, extreme scores meet a ceiling and tie.
         */
        MULTIPLICATIVE;

        public String spelling() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Form parse(String spelling) {
            for (Form form : values()) {
                if (form.spelling().equals(spelling)) {
                    return form;
                }
            }
            throw new IllegalArgumentException(
                "[interest] [blend] must be one of [geometric, saturation, multiplicative], but was [" + spelling + "]"
            );
        }
    }

    public RelevanceBlend {
        Objects.requireNonNull(form, "form");
        if ((weight >= 0f && weight <= 1f) == false) {
            throw new IllegalArgumentException("[weight] must be a number in [0,1], but was [" + weight + "]");
        }
        if (form == Form.SATURATION && pivot == null) {
            throw new IllegalArgumentException(
                "[interest] [blend] [saturation] needs [pivot], the score of the inner query that counts half"
            );
        }
        if (form != Form.SATURATION && pivot != null) {
            throw new IllegalArgumentException(
                "[interest] [pivot] belongs to [blend] [saturation], but the blend is [" + form.spelling() + "]"
            );
        }
        if (pivot != null && (pivot > 0f && Float.isFinite(pivot)) == false) {
            throw new IllegalArgumentException(
                "[interest] [pivot] must be a finite number above 0, but was [" + pivot + "]"
            );
        }
    }

    /** The geometric mean. */
    public RelevanceBlend(float weight) {
        this(Form.GEOMETRIC, weight, null);
    }

    public RelevanceBlend withWeight(float other) {
        return new RelevanceBlend(form, other, pivot);
    }

    /**
     * @param relevance the inner query's score; finite, ≥ 0
     * @param interest  in [0,1]
     * @return finite, ≥ 0
     */
    public float combine(float relevance, float interest) {
        if (weight == 0f) {
            return relevance;
        }
        if (weight == 1f) {
            return interest;
        }
        return (float) switch (form) {
            case GEOMETRIC -> Math.pow(Math.max(relevance, FLOOR), 1.0 - weight) * Math.pow(interest, weight);
            case SATURATION -> (1.0 - weight) * (relevance / ((double) relevance + pivot)) + (double) weight * interest;
            case MULTIPLICATIVE -> Math.min(
                Math.max(relevance, CEILING),
                Math.max(relevance, FLOOR) * Math.pow(2.0 * interest, weight / (1.0 - weight))
            );
        };
    }

    /**
     * What a score would be had the interest in it been another; relevance need not be known for that.
     *
     * @param score    made by {@link #combine} of some relevance and {@code interest}
     * @param interest in [0,1]
     * @param other    in [0,1]
     * @return what {@link #combine} makes of the same relevance and {@code other}, but for a float's rounding
     */
    public float changed(float score, float interest, float other) {
        if (weight == 0f || weight == 1f) {
            return weight == 0f ? score : other;
        }
        double ratio = other / Math.max(interest, FLOOR);
        return (float) switch (form) {
            case GEOMETRIC -> score * Math.pow(ratio, weight);
            case SATURATION -> score + (double) weight * (other - interest);
            case MULTIPLICATIVE -> Math.min(CEILING, score * Math.pow(ratio, weight / (1.0 - weight)));
        };
    }

    /** In words, for who asks how a score came about; "interest" and "relevance" are the two parts. */
    public String formula() {
        return switch (form) {
            case GEOMETRIC -> "relevance^(1 - weight) * interest^weight";
            case SATURATION -> "(1 - weight) * relevance / (relevance + " + pivot + ") + weight * interest";
            case MULTIPLICATIVE -> "relevance * (2 * interest)^(weight / (1 - weight))";
        };
    }

    /** Whether interest matters at all. */
    public boolean needsInterest() {
        return weight > 0f;
    }

    /** Whether the inner query's score matters at all. */
    public boolean needsRelevance() {
        return weight < 1f;
    }
}
