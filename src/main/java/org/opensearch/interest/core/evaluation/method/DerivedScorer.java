package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.evaluation.data.Case;

import java.util.List;

/**
 * A part that makes its scores out of other parts' ones.
 *
 * @param parts   whose scores it needs
 * @param formula makes one list of scores, one an item, out of one list a part; the lists it is given are not to be
 *                changed
 */
public record DerivedScorer(List<Scorer> parts, Formula formula) implements Scorer {
    interface Formula {
        void score(List<float[]> given, float[] into);
    }

    @Override
    public void score(Case c, ScoreCache answers, float[] into) {
        formula.score(parts.stream().map(answers::of).toList(), into);
    }

    /**
     * Another part's scores, brought to mean 0 and standard deviation 1 over all items. Where all are equal, all are 0.
     */
    static Scorer standard(Scorer part) {
        return new DerivedScorer(List.of(part), (given, into) -> {
            System.arraycopy(given.get(0), 0, into, 0, into.length);
            standardise(into);
        });
    }

    /** ln(1 + another part's counts): the second purchase says less than the first. */
    static Scorer logCount(Scorer part) {
        return new DerivedScorer(List.of(part), (given, into) -> {
            for (int i = 0; i < into.length; i++) {
                into[i] = (float) Math.log1p(given.get(0)[i]);
            }
        });
    }

    /**
     * ln(1 + score / mean score), for another part's scores ≥ 0 with a long tail: in a sum it multiplies odds, and a
     * few very large scores do not drown the other parts.
     */
    static Scorer logShare(Scorer part) {
        return new DerivedScorer(List.of(part), (given, into) -> {
            float[] scores = given.get(0);
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
     * Likeness times popularity: max(0, likeness) · (1 + count). An item that is not alike at all stays last, however
     * popular.
     */
    static Scorer product(Scorer likeness, Scorer count) {
        return new DerivedScorer(List.of(likeness, count), (given, into) -> {
            for (int i = 0; i < into.length; i++) {
                into[i] = Math.max(0, given.get(0)[i]) * (1 + given.get(1)[i]);
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
