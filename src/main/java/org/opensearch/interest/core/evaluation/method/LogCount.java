package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.evaluation.data.Case;

import java.util.List;

/** ln(1 + another part's counts): the second purchase says less than the first. */
record LogCount(Part part) implements Part {
    @Override
    public void score(Case c, Answers answers, float[] into) {
        float[] counts = answers.of(part);
        for (int i = 0; i < into.length; i++) {
            into[i] = (float) Math.log1p(counts[i]);
        }
    }

    @Override
    public List<Part> parts() {
        return List.of(part);
    }
}
