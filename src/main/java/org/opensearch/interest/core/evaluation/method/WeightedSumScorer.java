package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.evaluation.data.Case;

import java.util.List;

/**
 * Weighted sum of other scorers.
 *
 * @param weights one per input, finite
 */
public record WeightedSumScorer(List<Scorer> inputs, double[] weights) implements Scorer {
    @Override
    public void score(Case c, ScoreCache cache, float[] into) {
        for (int p = 0; p < weights.length; p++) {
            if (weights[p] != 0) {
                float[] scores = cache.of(inputs.get(p));
                for (int i = 0; i < into.length; i++) {
                    into[i] += (float) weights[p] * scores[i];
                }
            }
        }
    }
}
