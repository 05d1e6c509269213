package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.evaluation.data.Case;

import java.util.List;

/**
 * ln(1 + score / mean score), for another part's scores ≥ 0 with a long tail: in a sum it multiplies odds, and a few very large scores
 * do not drown the other parts.
 */
record LogShareScorer(Scorer part) implements Scorer {
    @Override
    public void score(Case c, ScoreCache answers, float[] into) {
        float[] scores = answers.of(part);
        double sum = 0;
        for (float score : scores) {
            sum += score;
        }
        double mean = sum / scores.length;
        for (int i = 0; mean > 0 && i < into.length; i++) {
            into[i] = (float) Math.log1p(scores[i] / mean);
        }
    }

    @Override
    public List<Scorer> parts() {
        return List.of(part);
    }
}
