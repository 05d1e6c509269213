package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.evaluation.data.Case;

import java.util.IdentityHashMap;

/** Scores of each scorer for one case, computed once however many methods use them. For one thread. */
public final class ScoreCache {
    private final int items;
    private final Case evaluationCase;
    private final IdentityHashMap<Scorer, float[]> scores = new IdentityHashMap<>();

    public ScoreCache(int items, Case evaluationCase) {
        this.items = items;
        this.evaluationCase = evaluationCase;
    }

    /** Returns one score per item; must not be changed. */
    public float[] of(Scorer scorer) {
        float[] known = scores.get(scorer);
        if (known == null) {
            known = new float[items];
            scorer.score(evaluationCase, this, known);
            scores.put(scorer, known);
        }
        return known;
    }
}
