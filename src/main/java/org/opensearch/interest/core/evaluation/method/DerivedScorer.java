package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.evaluation.data.Case;

import java.util.List;

/**
 * Scorer that computes its scores from those of other scorers.
 *
 * @param inputs  the scorers whose scores it needs
 * @param formula computes one list of scores, one per item, from one list per input; it must not change the lists that
 *                it receives
 */
public record DerivedScorer(List<Scorer> inputs, Formula formula) implements Scorer {
    interface Formula {
        void score(List<float[]> lists, float[] into);
    }

    @Override
    public void score(Case c, ScoreCache cache, float[] into) {
        formula.score(inputs.stream().map(cache::of).toList(), into);
    }

    /**
     * Standardises the scores of another scorer to mean 0 and standard deviation 1 over all items. If all are equal,
     * all become 0.
     */
    static Scorer standard(Scorer scorer) {
        return new DerivedScorer(List.of(scorer), (lists, into) -> {
            System.arraycopy(lists.get(0), 0, into, 0, into.length);
            standardise(into);
        });
    }

    /** Returns ln(1 + count) of another scorer's counts, since a second purchase is weaker evidence than the first. */
    static Scorer logCount(Scorer scorer) {
        return new DerivedScorer(List.of(scorer), (lists, into) -> {
            for (int i = 0; i < into.length; i++) {
                into[i] = (float) Math.log1p(lists.get(0)[i]);
            }
        });
    }

    /**
     * Returns ln(1 + score / mean score), for another scorer's scores ≥ 0 with a long tail. As a term of a sum it
     * multiplies odds, and a few very large scores do not outweigh the other scorers.
     */
    static Scorer logShare(Scorer scorer) {
        return new DerivedScorer(List.of(scorer), (lists, into) -> {
            float[] scores = lists.get(0);
            double sum = 0;
            for (float score : scores) {
                sum += score;
            }
            double mean = sum / scores.length;
            for (int i = 0; mean > 0 && i < into.length; i++) {
                into[i] = (float) Math.log1p(scores[i] / mean);
            }
        });
    }

    /**
     * Returns similarity times popularity: max(0, similarity) · (1 + count). An item without any similarity stays last,
     * however popular it is.
     */
    static Scorer product(Scorer similarity, Scorer count) {
        return new DerivedScorer(List.of(similarity, count), (lists, into) -> {
            for (int i = 0; i < into.length; i++) {
                into[i] = Math.max(0, lists.get(0)[i]) * (1 + lists.get(1)[i]);
            }
        });
    }

    static void standardise(float[] scores) {
        double sum = 0;
        double squares = 0;
        for (float score : scores) {
            sum += score;
        }
        double mean = sum / scores.length;
        for (float score : scores) {
            squares += (score - mean) * (score - mean);
        }
        double deviation = Math.sqrt(squares / scores.length);
        double factor = deviation > 1e-12 ? 1 / deviation : 0;
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) ((scores[i] - mean) * factor);
        }
    }
}
