package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.evaluation.data.Case;

import java.util.List;

/** ln(1 + another part's counts): the second purchase says less than the first. */
record LogCountScorer(Scorer part) implements Scorer {
    @Override
    public void score(Case c, ScoreCache answers, float[] into) {
        float[] counts = answers.of(part);
        for (int i = 0; i < into.length; i++) {
            into[i] = (float) Math.log1p(counts[i]);
        }
    }

    @Override
    public List<Scorer> parts() {
        return List.of(part);
    }
}
