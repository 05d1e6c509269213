package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.evaluation.data.Case;

import java.util.List;

/**
 * A weighted sum of other parts.
 *
 * @param weights one a part, finite
 */
public record Weighted(List<Part> parts, double[] weights) implements Part {
    @Override
    public void score(Case c, Answers answers, float[] into) {
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
