package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.evaluation.data.Case;

import java.util.List;

/**
 * Likeness times popularity: max(0, likeness) · (1 + count). What is not alike at all stays last, however popular.
 */
record ProductScorer(Scorer likeness, Scorer count) implements Scorer {
    @Override
    public void score(Case c, ScoreCache answers, float[] into) {
        float[] alike = answers.of(likeness);
        float[] counts = answers.of(count);
        for (int i = 0; i < into.length; i++) {
            into[i] = Math.max(0, alike[i]) * (1 + counts[i]);
        }
    }

    @Override
    public List<Scorer> parts() {
        return List.of(likeness, count);
    }
}
