package org.opensearch.interest.evaluation;

import java.util.List;

/**
 * Likeness times popularity, exp(likeness, standardised) · (1 + count): popularity as odds beforehand, likeness as what the user adds.
 * In logarithms, so that nothing overflows.
 */
record Product(Part likeness, Part count) implements Part {
    @Override
    public void score(Case c, Answers answers, float[] into) {
        float[] alike = answers.of(likeness).clone();
        float[] counts = answers.of(count);
        Standard.standardise(alike);
        for (int i = 0; i < into.length; i++) {
            into[i] = alike[i] + (float) Math.log1p(counts[i]);
        }
    }

    @Override
    public List<Part> parts() {
        return List.of(likeness, count);
    }
}
