package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.evaluation.data.Case;

import java.util.IdentityHashMap;
import java.util.Map;

/** What each part says about one case, asked once however many methods want to know. For one thread. */
public final class Answers {
    private final int items;
    private final Case question;
    private final Map<Part, float[]> given = new IdentityHashMap<>();

    public Answers(int items, Case question) {
        this.items = items;
        this.question = question;
    }

    /** One score an item; not to be changed. */
    public float[] of(Part part) {
        float[] known = given.get(part);
        if (known == null) {
            known = new float[items];
            part.score(question, this, known);
            given.put(part, known);
        }
        return known;
    }
}
