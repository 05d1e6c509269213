package org.opensearch.interest.core.ranking;

import java.util.Locale;
import java.util.Objects;

/**
 * Blend of relevance and interest in one score, computed from one document alone, so that it is the same on every
 * shard. For every form: the score grows with both; weight 0 gives relevance unchanged, weight 1 gives interest; finite
 * and ≥ 0. Immutable.
 *
 * @param form   the formula
 * @param weight in [0,1]: the share of interest
 * @param pivot  for {@link Form#SATURATION} only: the relevance that counts half; finite and above 0; null for every
 *               other form
 */
public record RelevanceBlend(Form form, float weight, Float pivot) {
    /**
     * Replaces a relevance of zero (an inner query that only filters), so that interest still orders such hits.
     */
    private static final double FLOOR = 1e-6;
    /** Largest score: far above any relevance, and far enough below the largest float for boosts. */
    private static final double CEILING = 1e30;

    /** The formula for a score of relevance s, interest i and weight w. */
    public enum Form {
        /**
         * s^(1−w) · i^w. Text relevance has no upper bound and no fixed scale; in a weighted geometric mean a change of
         * its scale multiplies every score alike, so the order does not depend on it. The ratio of two relevances
         * counts: a query whose scores lie close together is reordered more than one whose scores lie far apart, at the
         * same weight.
         */
        GEOMETRIC,
        /**
         * (1−w) · s/(s + pivot) + w · i, in [0,1]: relevance and interest have fixed shares; the pivot must be given.
         */
        SATURATION,
        /**
         * s · (2i)^(w/(1−w)): the order of {@link #GEOMETRIC}, on the scale of relevance. A neutral item keeps its
         * relevance, so the sum with other clauses, {@code min_score} and hits that were not rescored keep their
         * meaning. From weight 0.98 on, extreme scores reach a ceiling and become equal.
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

    /** The weighted geometric mean of relevance and interest. */
    public RelevanceBlend(float weight) {
        this(Form.GEOMETRIC, weight, null);
    }

    public RelevanceBlend withWeight(float other) {
        return new RelevanceBlend(form, other, pivot);
    }

    /**
     * @param relevance the inner query's score; finite, ≥ 0
     * @param interest  in [0,1]
     * @return the blended score; finite, ≥ 0
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
     * Replaces the interest in a score, without knowledge of the relevance.
     *
     * @param score    the result of {@link #combine} for some relevance and {@code interest}
     * @param interest in [0,1]
     * @param other    in [0,1]: the new interest
     * @return the result of {@link #combine} for the same relevance and {@code other}, up to a float's rounding
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

    /** The formula as text, for explanations; "interest" and "relevance" are its two inputs. */
    public String formula() {
        return switch (form) {
            case GEOMETRIC -> "relevance^(1 - weight) * interest^weight";
            case SATURATION -> "(1 - weight) * relevance / (relevance + " + pivot + ") + weight * interest";
            case MULTIPLICATIVE -> "relevance * (2 * interest)^(weight / (1 - weight))";
        };
    }

    /** Whether the score depends on interest. */
    public boolean needsInterest() {
        return weight > 0f;
    }

    /** Whether the score depends on the inner query's score. */
    public boolean needsRelevance() {
        return weight < 1f;
    }
}
