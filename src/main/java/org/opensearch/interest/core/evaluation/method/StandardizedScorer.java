package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.evaluation.data.Case;

import java.util.List;

/** Another part's scores, brought to mean 0 and standard deviation 1 over all items. Where all are equal, all are 0. */
record StandardizedScorer(Scorer part) implements Scorer {
    @Override
    public void score(Case c, ScoreCache answers, float[] into) {
        float[] scores = answers.of(part);
        System.arraycopy(scores, 0, into, 0, into.length);
        standardise(into);
    }

    @Override
    public List<Scorer> parts() {
        return List.of(part);
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
