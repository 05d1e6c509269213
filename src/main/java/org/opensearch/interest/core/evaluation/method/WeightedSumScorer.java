package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.evaluation.data.Case;

import java.util.List;

/**
 * A weighted sum of other parts.
 *
 * @param weights one a part, finite
 */
public record WeightedSumScorer(List<Scorer> parts, double[] weights) implements Scorer {
    @Override
    public void score(Case c, ScoreCache answers, float[] into) {
        for (int p = 0; p < weights.length; p++) {
            if (weights[p] != 0) {
                float[] scores = answers.of(parts.get(p));
                for (int i = 0; i < into.length; i++) {
                    into[i] += (float) weights[p] * scores[i];
                }
            }
        }
    }
}
