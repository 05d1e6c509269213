package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.evaluation.data.Case;

import java.util.IdentityHashMap;

/** What each part says about one case, asked once however many methods want to know. For one thread. */
public final class ScoreCache {
    private final int items;
    private final Case question;
    private final IdentityHashMap<Scorer, float[]> given = new IdentityHashMap<>();

    public ScoreCache(int items, Case question) {
        this.items = items;
        this.question = question;
    }

    /** One score an item; not to be changed. */
    public float[] of(Scorer part) {
        float[] known = given.get(part);
        if (known == null) {
            known = new float[items];
            part.score(question, this, known);
            given.put(part, known);
        }
        return known;
    }
}
